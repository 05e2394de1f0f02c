/** Folds over events: coverage, evidence, summaries. */
@NullMarked
package dev.gert.projection;

import org.jspecify.annotations.NullMarked;
