/** YAML nodes to model values and diagnostics, one decoder a document kind. */
@NullMarked
package dev.gert.decode;

import org.jspecify.annotations.NullMarked;
