/** What the engine needs of the world. */
@NullMarked
package dev.gert.engine.port;

import org.jspecify.annotations.NullMarked;
