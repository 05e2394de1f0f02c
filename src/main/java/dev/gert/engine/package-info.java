/** The decider and the fold: what a run does next, and what a record makes of its state. */
@NullMarked
package dev.gert.engine;

import org.jspecify.annotations.NullMarked;
