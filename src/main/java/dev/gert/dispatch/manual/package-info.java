/** Steps that a person does. */
@NullMarked
package dev.gert.dispatch.manual;

import org.jspecify.annotations.NullMarked;
