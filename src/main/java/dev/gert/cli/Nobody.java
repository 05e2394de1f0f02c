package dev.gert.cli;

import dev.gert.engine.port.Dialogue;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Where nobody can be asked, and why. */
record Nobody(String why) implements Dialogue {
    @Override
    public String obstacle() {
        return why;
    }

    @Override
    public Reply ask(List<String> lines, String prompt, long millis, BooleanSupplier over) {
        return new Reply.End();
    }

    @Override
    public Reply askLines(List<String> lines, String prompt, long millis) {
        return new Reply.End();
    }

    @Override
    public Reply askHidden(List<String> lines, String prompt) {
        return new Reply.End();
    }
}
