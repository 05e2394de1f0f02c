package dev.gert.plan;

import dev.gert.model.Import;
import dev.gert.model.ToolFile;
import org.jspecify.annotations.Nullable;

/** What stands around a runbook's file and its plan needs: tools, other runbooks, the project. */
public interface Surroundings {
    /** The file of a declared tool; null, with a diagnostic, when it can't be used. */
    @Nullable
    ToolFile tool(Import declared);

    /**
     * The plan of the runbook that {@code invoke.runbook} or {@code next_runbook.file} names, read and
     * checked once.
     */
    Link runbook(String reference);

    /** {@code compatibility: upstream} of the project. */
    boolean upstream();

    /** What a reference led to. */
    sealed interface Link {
        /** A runbook that may run. */
        record Found(Plan plan) implements Link {}

        /** None; {@code reason} goes on after "`x`" in a sentence. */
        record Missing(Cause cause, String reason) implements Link {}

        /** Why there is none. */
        enum Cause {
            /** No such file. */
            ABSENT,
            /** A file that can't run. */
            BROKEN,
            /** One that leads back, or too deep. */
            ENDLESS
        }
    }

    /** Nothing: for a runbook by itself. */
    static Surroundings none() {
        return new Surroundings() {
            @Override
            public @Nullable ToolFile tool(Import declared) {
                return null;
            }

            @Override
            public Link runbook(String reference) {
                return new Link.Missing(Link.Cause.ABSENT, "can't be looked for here");
            }

            @Override
            public boolean upstream() {
                return false;
            }
        };
    }
}
