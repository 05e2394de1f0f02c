/** Whether a run's folder is what was written: its journal, the files that its records name, approvals, seals. */
@NullMarked
package dev.gert.verify;

import org.jspecify.annotations.NullMarked;
