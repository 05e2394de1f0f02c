package dev.gert.scenario;

import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import java.util.List;
import java.util.Map;

/** What a rehearsal begins with: values, where each came from, the secret ones, and the redactor that knows them. */
record RehearsalInputs(
        Map<String, Captured> values, Map<String, String> from, List<String> secrets, Redactor redactor) {}
