/** What the terminal is, prompts and live lines. */
@NullMarked
package dev.gert.terminal;

import org.jspecify.annotations.NullMarked;
