/** JSON values, a reader and a writer with stable key order; the only package that knows the JSON parser. */
@NullMarked
package dev.gert.json;

import org.jspecify.annotations.NullMarked;
