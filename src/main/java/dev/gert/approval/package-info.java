/** How a person's yes or no reaches a run. */
@NullMarked
package dev.gert.approval;

import org.jspecify.annotations.NullMarked;
