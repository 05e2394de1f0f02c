package dev.gert.policy;

import dev.gert.model.Effect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a declared {@code effect: read} is believed (formats.md, section 1, "effect", and the table of
 * section 3). Believed only if it is certain: an open word that may matter is a no.
 */
final class ReadBelief {
    /** Folders whose programs the built-in list knows, where a command is written as a path. */
    private static final String[] SYSTEM_FOLDERS = {
        "/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/"
    };

    private final Subject command;
    private final Opacity opacity;
    private final List<PolicyLayer> layers;

    ReadBelief(Subject command, Opacity opacity, List<PolicyLayer> layers) {
        this.command = command;
        this.opacity = opacity;
        this.layers = layers;
    }

    /** Every layer that has a list matches; the built-in list only where no layer has one. */
    boolean believed() {
        boolean lists = false;
        for (PolicyLayer layer : layers) {
            lists |= layer.read() != null;
        }
        return byLists() && (lists || builtIn() != null);
    }

    /**
     * The rule by which {@code layer} need not ask. A layer without a list of its own goes by the
     * built-in one, whatever lists others have: else a layer that is added with a wide list would
     * answer for one that asks.
     */
    @Nullable
    RulePlace of(PolicyLayer layer) {
        if (!byLists()) {
            return null;
        }
        return layer.read() == null ? builtIn() : byList(layer, layer.read());
    }

    /** Whether the lists of all layers that have one match. */
    private boolean byLists() {
        if (command.effect() != Effect.READ || writesAllTheSame()) {
            return false;
        }
        for (PolicyLayer layer : layers) {
            if (layer.read() != null && byList(layer, layer.read()) == null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable RulePlace byList(PolicyLayer layer, List<CommandPattern> list) {
        CommandPattern first = null;
        for (int i = 0; i < command.parts().size(); i++) {
            Subject part = command.parts().get(i);
            Wrapped wrapped = part.wrapped();
            Subject.Named named = part.namedBy(
                    candidates(part, list), wrapped != null || opacity.parts().get(i) != Match.NO);
            boolean open = wrapped != null && wrapped.readable() == Match.MAYBE;
            if (named.match() != Match.YES || open) {
                return null;
            }
            first = first == null ? named.by() : first;
        }
        return first == null ? null : layer.place("read_commands", first);
    }

    /** A program outside the system's folders is not the one that a bare name speaks of. */
    private static List<CommandPattern> candidates(Subject part, List<CommandPattern> patterns) {
        if (systemProgram(part)) {
            return patterns;
        }
        List<CommandPattern> paths = new ArrayList<>();
        for (CommandPattern pattern : patterns) {
            if (pattern.path()) {
                paths.add(pattern);
            }
        }
        return paths;
    }

    private @Nullable RulePlace builtIn() {
        if (!systemProgram(command) || opacity.match() != Match.NO || command.wrapped() != null) {
            return null;
        }
        Form first = null;
        for (View view : command.running()) {
            Form form = reading(view.name());
            if (form == null) {
                return null;
            }
            first = first == null ? form : first;
        }
        return first == null ? null : new RulePlace("reads \"" + first.text() + "\"", "built-in read list", 0);
    }

    private @Nullable Form reading(String name) {
        for (Form form : BuiltInLists.reads().forms(name)) {
            if (form.match(name, command) == Match.YES) {
                return form;
            }
        }
        return null;
    }

    /** A form that the built-in list knows to read, with an option that makes it write: no pattern helps. */
    private boolean writesAllTheSame() {
        for (Subject part : command.parts()) {
            for (View view : part.running()) {
                if (writes(BuiltInLists.reads(), view.name(), part)
                        || writes(BuiltInLists.listedReads(), view.name(), part)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean writes(ProgramTable table, String name, Subject part) {
        for (Form form : table.forms(name)) {
            if (form.fits(name, part) != Match.NO && form.excludes(part) != Match.NO) {
                return true;
            }
        }
        return false;
    }

    private static boolean systemProgram(Subject part) {
        String written = part.words().get(0);
        int slash = written.lastIndexOf('/');
        if (slash < 0) {
            return true;
        }
        for (String folder : SYSTEM_FOLDERS) {
            if (written.length() > folder.length() && slash == folder.length() - 1 && written.startsWith(folder)) {
                return true;
            }
        }
        return false;
    }
}
