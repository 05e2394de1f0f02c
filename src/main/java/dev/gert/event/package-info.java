/** What happened, as values: every kind of journal record. */
@NullMarked
package dev.gert.event;

import org.jspecify.annotations.NullMarked;
