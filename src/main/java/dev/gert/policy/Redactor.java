package dev.gert.policy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes what sinks may see of what the run knows (formats.md, "Redaction"): first the known secrets
 * letter for letter, then the policy's patterns line by line. Does not change once made.
 */
public final class Redactor {
    /**
     * Secrets shorter than this, in bytes, are not taken out: they would be anywhere in any text, and
     * the gaps would tell them. Anyone can guess a secret of three letters.
     */
    static final int SHORTEST = 4;

    private final List<RedactRule> rules;
    private final List<byte[]> secrets;
    private @Nullable SecretAutomaton automaton;

    private Redactor(List<RedactRule> rules, List<byte[]> secrets) {
        this.rules = rules;
        this.secrets = secrets;
    }

    public static Redactor of(List<RedactRule> rules) {
        return new Redactor(List.copyOf(rules), List.of());
    }

    /** This redactor, with one more text that is taken out wherever it stands; white space around it is not part of it. */
    public Redactor withSecret(String literal) {
        byte[] secret = literal.strip().getBytes(StandardCharsets.UTF_8);
        if (secret.length < SHORTEST) {
            return this;
        }
        List<byte[]> more = new ArrayList<>(secrets);
        more.add(secret);
        return new Redactor(rules, more);
    }

    /** This redactor, with the rules of {@code other} after its own. */
    Redactor withRulesOf(Redactor other) {
        List<RedactRule> more = new ArrayList<>(rules);
        for (RedactRule rule : other.rules) {
            if (!rule.isAmong(more)) {
                more.add(rule);
            }
        }
        return more.size() == rules.size() ? this : new Redactor(List.copyOf(more), secrets);
    }

    /** What a sink may see of {@code raw}. */
    public SafeText safe(String raw) {
        if (rules.isEmpty() && secrets.isEmpty()) {
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
