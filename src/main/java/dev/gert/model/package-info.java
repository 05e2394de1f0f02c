/** What a runbook, a test and a scenario say, as values with spans. */
@NullMarked
package dev.gert.model;

import org.jspecify.annotations.NullMarked;
