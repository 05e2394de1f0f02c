/** What is wrong with an input, where, under which stable code, and what to do. */
@NullMarked
package dev.gert.diagnostic;

import org.jspecify.annotations.NullMarked;
