/** The loop, the one gateway, the one spawner, signals. */
@NullMarked
package dev.gert.runtime;

import org.jspecify.annotations.NullMarked;
