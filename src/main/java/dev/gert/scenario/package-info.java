/** Runbooks, policies, tests and scenarios on disk; running tests. */
@NullMarked
package dev.gert.scenario;

import org.jspecify.annotations.NullMarked;
