package dev.gert.notify;

import java.util.Map;

/**
 * A moment of which somebody may want to be told.
 *
 * @param on {@code waiting}, {@code outcome} or {@code failed}
 * @param values by the names that a template may use; what is not known is empty
 */
record Occasion(String on, Map<String, String> values) {
    String value(String name) {
        return values.getOrDefault(name, "");
    }
}
