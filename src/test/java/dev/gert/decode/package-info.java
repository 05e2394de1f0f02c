/** Tests of the decoders; what is said of broken files is data in {@code src/test/cases/decode}. */
@NullMarked
package dev.gert.decode;

import org.jspecify.annotations.NullMarked;
