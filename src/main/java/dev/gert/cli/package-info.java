/** The command line: arguments in, one call, an exit code out. */
@NullMarked
package dev.gert.cli;

import org.jspecify.annotations.NullMarked;
