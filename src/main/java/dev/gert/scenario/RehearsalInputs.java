package dev.gert.scenario;

import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import java.util.Map;

/** What a rehearsal begins with: values, where each came from, and the redactor that knows the secret ones. */
record RehearsalInputs(Map<String, Captured> values, Map<String, String> from, Redactor redactor) {}
