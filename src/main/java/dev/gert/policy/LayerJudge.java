package dev.gert.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer's verdict on one command, as if it stood alone but for the read lists of the others
 * (formats.md, section 3): denied by a pattern that meets any view; opaque and not named; not in the
 * allow list; else what {@code default} says. A command inside another is a command of its own: the
 * strictest of their verdicts holds.
 */
final class LayerJudge {
    private final Subject command;
    private final Opacity opacity;
    private final ReadBelief belief;

    LayerJudge(Subject command, Opacity opacity, ReadBelief belief) {
        this.command = command;
        this.opacity = opacity;
        this.belief = belief;
    }

    /**
     * @param sure false: open words may make it stricter than this, by {@code rule}
     * @param named an allow rule names the command
     */
    record Verdict(Standing standing, boolean sure, boolean named, RulePlace rule, String reason) {
        static Verdict deny(RulePlace rule, String reason) {
            return new Verdict(Standing.DENY, true, false, rule, reason);
        }

        static Verdict unsure(RulePlace rule, String reason) {
            return new Verdict(Standing.DENY, false, false, rule, reason);
        }
    }

    Verdict judge(PolicyLayer layer) {
        Verdict doubt = null;
        for (CommandPattern pattern : layer.deny()) {
            Subject.Met met = command.metBy(pattern);
            if (met.match() != Match.YES && opacity.match() != Match.NO) {
                Subject.Met inside = command.insideMetBy(pattern);
                Match match = inside.match().and(opacity.match());
                met = match.compareTo(met.match()) > 0 ? new Subject.Met(match, inside.what()) : met;
            }
            if (met.match() != Match.YES) {
                Subject.Met interpreter = command.interpreterMetBy(pattern);
                met = interpreter.match() == Match.YES ? interpreter : met;
            }
            if (met.match() == Match.YES) {
                return Verdict.deny(
                        layer.place(layer.denyKey(), pattern),
                        "policy denies " + name(command) + ": the rule fits " + met.what());
            }
            if (met.match() == Match.MAYBE && doubt == null) {
                doubt = unsure(layer.place(layer.denyKey(), pattern), "a deny rule may fit " + met.what());
            }
        }
        Verdict strictest = null;
        for (int i = 0; i < command.parts().size(); i++) {
            Verdict verdict = judge(layer, i);
            if (verdict.sure() && verdict.standing() == Standing.DENY) {
                return verdict;
            }
            strictest = strictest == null || stricter(verdict, strictest) ? verdict : strictest;
            Wrapped wrapped = command.parts().get(i).wrapped();
            if (wrapped != null && wrapped.adds()) {
                // what is inside is not the whole command: who names the line speaks for what it may become
                break;
            }
        }
        if (strictest == null) {
            throw new IllegalStateException("a command has a part");
        }
        return doubt != null && strictest.sure() ? doubt : strictest;
    }

    private static boolean stricter(Verdict verdict, Verdict than) {
        return verdict.standing().compareTo(than.standing()) > 0;
    }

    /** The verdict on one of the commands inside each other, the deny list aside. */
    private Verdict judge(PolicyLayer layer, int part) {
        Verdict variable = variables(layer, command.parts().get(part));
        Verdict opaque = opaque(layer, part);
        if (variable != null && variable.sure()) {
            return variable;
        }
        if (opaque != null && opaque.sure() && opaque.standing() == Standing.DENY) {
            return opaque;
        }
        Verdict rest = allowed(layer, part);
        if (rest.sure() && rest.standing() == Standing.DENY) {
            return rest;
        }
        if (opaque != null && !opaque.sure()) {
            return opaque;
        }
        return variable != null ? variable : opaque != null ? opaque : rest;
    }

    /** What {@code deny_env_vars} says of the variables that a wrapper sets; null: nothing. */
    private @Nullable Verdict variables(PolicyLayer layer, Subject part) {
        Wrapped wrapped = part.wrapped();
        if (wrapped == null) {
            return null;
        }
        for (CommandPattern pattern : layer.denyEnvironment()) {
            if (wrapped.readable() == Match.MAYBE) {
                return unsure(layer.place("deny_env_vars", pattern), "it may set a variable");
            }
            for (String name : wrapped.sets()) {
                if (pattern.names(name)) {
                    return Verdict.deny(
                            layer.place("deny_env_vars", pattern),
                            "policy denies " + name(part) + ": it sets the variable " + name);
                }
            }
        }
        return null;
    }

    /** Null: nothing stands against it. A runbook has no say here, and can't name its own opaque commands. */
    private @Nullable Verdict opaque(PolicyLayer layer, int part) {
        Match match = opacity.parts().get(part);
        if (match == Match.NO || layer.opaque() == Standing.ALLOW || !layer.isPolicyFile()) {
            return null;
        }
        Subject subject = command.parts().get(part);
        Match named = layer.allow() == null
                ? Match.NO
                : subject.namedBy(layer.allow(), true).match();
        if (named == Match.YES) {
            return null;
        }
        boolean approve = layer.opaque() == Standing.ACKNOWLEDGE && layer.allow() == null;
        RulePlace rule =
                layer.place(approve ? "opaque_commands: approve" : "opaque_commands: deny", layer.opaqueSpan());
        if (named == Match.NO && match == Match.YES) {
            if (approve) {
                return new Verdict(Standing.ACKNOWLEDGE, true, false, rule, "");
            }
            return Verdict.deny(
                    rule,
                    "policy denies " + name(subject) + ": it can start other programs, and no `" + layer.allowKey()
                            + "` pattern with a space names its whole line");
        }
        return unsure(rule, "it may start other programs");
    }

    private Verdict allowed(PolicyLayer layer, int part) {
        if (layer.allow() != null) {
            return listed(layer, layer.allow(), part);
        }
        RulePlace rule = layer.place(
                layer.standingSpan() == null && layer.kind() != PolicyLayer.Kind.FLOOR
                        ? "no rule: default allow"
                        : "default: " + layer.standing().word(),
                layer.standingSpan());
        if (layer.standing() == Standing.DENY) {
            return Verdict.deny(
                    rule, "policy does not allow " + name(command) + ": `default: deny`, and no rule names it");
        }
        RulePlace read = layer.standing() == Standing.ACKNOWLEDGE ? belief.of(layer) : null;
        return read == null
                ? new Verdict(layer.standing(), true, false, rule, "")
                : new Verdict(Standing.ALLOW, true, true, read, "");
    }

    private Verdict listed(PolicyLayer layer, List<CommandPattern> allow, int part) {
        Subject subject = command.parts().get(part);
        Subject.Named named = subject.namedBy(allow, false);
        Wrapped wrapped = subject.wrapped();
        boolean open = wrapped != null && wrapped.readable() == Match.MAYBE;
        if (named.match() == Match.YES && named.by() != null && !open) {
            return new Verdict(Standing.ALLOW, true, true, layer.place(layer.allowKey(), named.by()), "");
        }
        if (named.match() != Match.NO && named.by() != null) {
            return unsure(layer.place(layer.allowKey(), named.by()), "an allow rule may not name it");
        }
        return Verdict.deny(
                layer.place(layer.allowKey(), layer.allowSpan()),
                "policy does not allow " + name(subject) + ": no `" + layer.allowKey() + "` pattern names "
                        + (named.by() == null ? "it" : "every view of it"));
    }

    private Verdict unsure(RulePlace rule, String why) {
        return Verdict.unsure(rule, why + ": " + command.undecided());
    }

    private String name(Subject part) {
        String first = part.words().get(0);
        String name = Glob.open(first) ? "the command" : "`" + CodePoints.escaped(first) + "`";
        String outer = command.words().get(0);
        return part == command || Glob.open(outer) ? name : name + " inside `" + CodePoints.escaped(outer) + "`";
    }
}
