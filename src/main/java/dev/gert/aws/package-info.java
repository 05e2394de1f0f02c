/** What gert itself asks of AWS. It lies in a JAR of its own within gert's: see {@link dev.gert.nested}. */
@NullMarked
package dev.gert.aws;

import org.jspecify.annotations.NullMarked;
