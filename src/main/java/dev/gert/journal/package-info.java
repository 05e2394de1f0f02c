/** The append-only record of a run: append, fsync, lock, read, verify. */
@NullMarked
package dev.gert.journal;

import org.jspecify.annotations.NullMarked;
