/** Text to nodes with spans, strictly; the only package that knows the YAML parser. */
@NullMarked
package dev.gert.yaml;

import org.jspecify.annotations.NullMarked;
