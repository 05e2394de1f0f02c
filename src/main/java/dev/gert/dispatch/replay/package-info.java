/** Recorded results in place of real ones. */
@NullMarked
package dev.gert.dispatch.replay;

import org.jspecify.annotations.NullMarked;
