/** Commands as processes, under the supervisor. */
@NullMarked
package dev.gert.dispatch.cli;

import org.jspecify.annotations.NullMarked;
