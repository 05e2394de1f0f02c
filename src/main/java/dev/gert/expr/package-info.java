/** Templates and conditions: one language, two surfaces, one syntax tree, one evaluator. */
@NullMarked
package dev.gert.expr;

import org.jspecify.annotations.NullMarked;
