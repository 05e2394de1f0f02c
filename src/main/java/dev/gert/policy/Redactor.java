package dev.gert.policy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes what sinks may see of what the run knows (formats.md, "Redaction"): first the known secrets,
 * however they are written, then the policy's patterns line by line. Does not change once made.
 */
public final class Redactor {
    /**
     * Secrets shorter than this, in bytes, are not taken out: they would be anywhere in any text, and
     * the gaps would tell them. Anyone can guess a secret of three letters.
     */
    static final int SHORTEST = 4;

    /** Lines of a secret that are shorter may stand anywhere: they are hidden as part of it alone. */
    private static final int SHORTEST_LINE = 8;

    /** A longer secret is looked for in pieces of this length: what is held back and remembered stays small. */
    private static final int PIECE = 256;

    private final List<RedactRule> rules;
    private final Set<String> secrets;
    private final boolean nothing;
    private @Nullable SecretAutomaton automaton;

    private Redactor(List<RedactRule> rules, Set<String> secrets, boolean nothing) {
        this.rules = rules;
        this.secrets = secrets;
        this.nothing = nothing;
    }

    public static Redactor of(List<RedactRule> rules) {
        return new Redactor(List.copyOf(rules), Set.of(), false);
    }

    /** One that lets nothing be seen: of output that is a secret as a whole. */
    public static Redactor ofAll() {
        return new Redactor(List.of(), Set.of(), true);
    }

    /** This redactor, with one more text that is taken out wherever it stands; white space around it is not part of it. */
    public Redactor withSecret(String secret) {
        return withSecrets(List.of(secret));
    }

    /** The same for several. Of one with several lines, each that is not short is a secret by itself. */
    public Redactor withSecrets(Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(secrets);
        for (String each : more) {
            String secret = each.strip();
            int from = 0;
            while (secret.length() > PIECE && secret.length() - from > PIECE + SHORTEST) {
                int to = Character.isLowSurrogate(secret.charAt(from + PIECE)) ? from + PIECE + 1 : from + PIECE;
                all.add(secret.substring(from, to));
                from = to;
            }
            add(secret.substring(from), SHORTEST, all);
            if (secret.indexOf('\n') >= 0) {
                for (String line : secret.split("\n", -1)) {
                    add(line.strip(), SHORTEST_LINE, all);
                }
            }
        }
        return all.size() == secrets.size() ? this : new Redactor(rules, all, nothing);
    }

    private static void add(String secret, int shortest, Set<String> into) {
        if (secret.length() >= shortest || secret.getBytes(StandardCharsets.UTF_8).length >= shortest) {
            into.add(secret);
        }
    }

    /** This redactor, with the rules of {@code other} after its own. */
    Redactor withRulesOf(Redactor other) {
        List<RedactRule> more = new ArrayList<>(rules);
        for (RedactRule rule : other.rules) {
            if (!rule.isAmong(more)) {
                more.add(rule);
            }
        }
        return more.size() == rules.size() ? this : new Redactor(List.copyOf(more), secrets, nothing);
    }

    /** What a sink may see of {@code raw}. */
    public SafeText safe(String raw) {
        if (rules.isEmpty() && secrets.isEmpty() && !nothing) {
            return new SafeText(raw, false);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RedactingStream stream = stream(out::write);
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        stream.write(bytes, 0, bytes.length);
        stream.finish();
        return stream.redacted() ? new SafeText(out.toString(StandardCharsets.UTF_8), true) : new SafeText(raw, false);
    }

    /** A value that no sink may see any of, whatever its length. */
    public static Captured hidden(String raw) {
        return Captured.of(raw, new SafeText("***", true));
    }

    /** A value as the run knows it and as sinks may see it. */
    public Captured capture(String raw) {
        return Captured.of(raw, safe(raw));
    }

    /** Bytes in, redacted bytes out, whatever the chunks; for one thread. */
    public RedactingStream stream(RedactingStream.Sink sink) {
        if (nothing) {
            return new Nothing(sink);
        }
        RedactingStream lines = rules.isEmpty() ? null : new LineFilter(rules, sink);
        if (secrets.isEmpty()) {
            return lines == null ? new Unchanged(sink) : lines;
        }
        return lines == null
                ? new SecretFilter(automaton(), sink)
                : new Both(new SecretFilter(automaton(), lines::write), lines);
    }

    private synchronized SecretAutomaton automaton() {
        SecretAutomaton made = automaton;
        if (made == null) {
            made = new SecretAutomaton(secrets);
            automaton = made;
        }
        return made;
    }

    /** Where there is nothing to take out. */
    private record Unchanged(RedactingStream.Sink sink) implements RedactingStream {
        @Override
        public void write(byte[] bytes, int offset, int length) {
            sink.accept(bytes, offset, length);
        }

        @Override
        public void finish() {}

        @Override
        public boolean redacted() {
            return false;
        }
    }

    /** Where all is to be taken out: one mask for it. */
    private static final class Nothing implements RedactingStream {
        private final Sink sink;
        private boolean redacted;

        Nothing(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (length > 0 && !redacted) {
                redacted = true;
                byte[] mask = {'*', '*', '*', '\n'};
                sink.accept(mask, 0, mask.length);
            }
        }

        @Override
        public void finish() {}

        @Override
        public boolean redacted() {
            return redacted;
        }
    }

    /** Secrets first, then lines. */
    private record Both(RedactingStream secrets, RedactingStream lines) implements RedactingStream {
        @Override
        public void write(byte[] bytes, int offset, int length) {
            secrets.write(bytes, offset, length);
        }

        @Override
        public void finish() {
            secrets.finish();
            lines.finish();
        }

        @Override
        public boolean redacted() {
            return secrets.redacted() || lines.redacted();
        }
    }
}
