package dev.gert.expr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects open names, each once, in the order of reading. */
final class OpenNames {
    private final Set<String> names = new LinkedHashSet<>();

    void add(Evaluation.Unknown unknown) {
        names.addAll(unknown.names());
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    List<String> list() {
        return new ArrayList<>(names);
    }

    Evaluation.Unknown unknown() {
        return new Evaluation.Unknown(list());
    }
}
