/** Libraries that few runs need, in JARs within gert's JAR, so that no start pays for their entries. */
@NullMarked
package dev.gert.nested;

import org.jspecify.annotations.NullMarked;
