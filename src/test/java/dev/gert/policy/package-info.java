/** Tests of policy and redaction; the decisions are data in {@code src/test/cases/policy}. */
@NullMarked
package dev.gert.policy;

import org.jspecify.annotations.NullMarked;
