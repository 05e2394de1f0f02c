package dev.gert.policy;

import org.jspecify.annotations.Nullable;

/**
 * One layer's verdict on one command, as if it stood alone but for the read lists of the others
 * (formats.md, section 3): denied by a pattern that meets any view; opaque and not named; not in the
 * allow list; else what {@code default} says.
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
                        "policy denies " + name() + ": the rule fits " + met.what());
            }
            if (met.match() == Match.MAYBE && doubt == null) {
                doubt = unsure(layer.place(layer.denyKey(), pattern), "a deny rule may fit " + met.what());
            }
        }
        Verdict opaque = opaque(layer);
        boolean denied = opaque != null && opaque.sure() && opaque.standing() == Standing.DENY;
        Verdict rest = denied ? opaque : allowed(layer);
        if (rest.sure() && rest.standing() == Standing.DENY) {
            return rest;
        }
        if (opaque != null && !opaque.sure()) {
            return opaque;
        }
        return doubt != null ? doubt : opaque != null ? opaque : rest;
    }

    /** Null: nothing stands against it. A runbook has no say here, and can't name its own opaque commands. */
    private @Nullable Verdict opaque(PolicyLayer layer) {
        if (opacity.match() == Match.NO
                || layer.opaque() == Standing.ALLOW
                || !layer.isPolicyFile()) {
            return null;
        }
        Match named = layer.allow() == null
                ? Match.NO
                : command.namedBy(layer.allow(), true).match();
        if (named == Match.YES) {
            return null;
        }
        boolean approve = layer.opaque() == Standing.ACKNOWLEDGE && layer.allow() == null;
        RulePlace rule =
                layer.place(approve ? "opaque_commands: approve" : "opaque_commands: deny", layer.opaqueSpan());
        if (named == Match.NO && opacity.match() == Match.YES) {
            if (approve) {
                return new Verdict(Standing.ACKNOWLEDGE, true, false, rule, "");
            }
            return Verdict.deny(
                    rule,
                    "policy denies " + name() + ": it can start other programs, and no `" + layer.allowKey()
                            + "` pattern with a space names its whole line");
        }
        return unsure(rule, "it may start other programs");
    }

    private Verdict allowed(PolicyLayer layer) {
        if (layer.allow() != null) {
            Subject.Named named = command.namedBy(layer.allow(), false);
            if (named.match() == Match.YES && named.by() != null) {
                return new Verdict(Standing.ALLOW, true, true, layer.place(layer.allowKey(), named.by()), "");
            }
            if (named.match() != Match.NO && named.by() != null) {
                return unsure(layer.place(layer.allowKey(), named.by()), "an allow rule may not name it");
            }
            return Verdict.deny(
                    layer.place(layer.allowKey(), layer.allowSpan()),
                    "policy does not allow " + name() + ": no `" + layer.allowKey() + "` pattern names "
                            + (named.by() == null ? "it" : "every view of it"));
        }
        RulePlace rule = layer.place(
                layer.standingSpan() == null && layer.kind() != PolicyLayer.Kind.FLOOR
                        ? "no rule: default allow"
                        : "default: " + layer.standing().word(),
                layer.standingSpan());
        if (layer.standing() == Standing.DENY) {
            return Verdict.deny(rule, "policy does not allow " + name() + ": `default: deny`, and no rule names it");
        }
        RulePlace read = layer.standing() == Standing.ACKNOWLEDGE ? belief.of(layer) : null;
        return read == null
                ? new Verdict(layer.standing(), true, false, rule, "")
                : new Verdict(Standing.ALLOW, true, true, read, "");
    }

    private Verdict unsure(RulePlace rule, String why) {
        return Verdict.unsure(rule, why + ": " + command.undecided());
    }

    private String name() {
        String first = command.words().get(0);
        int gap = first.indexOf(Glob.OPEN);
        return gap < 0 ? "`" + CodePoints.escaped(first) + "`" : "the command";
    }
}
