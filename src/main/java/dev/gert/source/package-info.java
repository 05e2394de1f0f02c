/** Text, its line index, positions and spans. */
@NullMarked
package dev.gert.source;

import org.jspecify.annotations.NullMarked;
