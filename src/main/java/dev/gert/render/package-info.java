/** Results as text and JSON: values in, strings out. */
@NullMarked
package dev.gert.render;

import org.jspecify.annotations.NullMarked;
