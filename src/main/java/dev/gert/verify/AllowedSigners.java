package dev.gert.verify;

import dev.gert.event.RunEvent.RunSealed;
import dev.gert.policy.SshKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whose seals count: an {@code allowed_signers} file as of ssh-keygen(1), "ALLOWED SIGNERS". */
public final class AllowedSigners {
    private final List<Line> lines;

    private AllowedSigners(List<Line> lines) {
        this.lines = lines;
    }

    private record Line(
            String principals,
            SshKey key,
            @Nullable String namespaces,
            @Nullable Instant after,
            @Nullable Instant before) {}

    /** What the file came to. */
    public sealed interface Reading {
        record Good(AllowedSigners signers) implements Reading {}

        /** {@code line} from 1; {@code reason}: a sentence's end. */
        record Bad(int line, String reason) implements Reading {}
    }

    /** A line that can't be read is no reason to pass over it: the whole file is refused. */
    public static Reading read(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            String line = text.substring(from, end).strip();
            from = end + 1;
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                lines.add(line(line));
            } catch (BadLineException e) {
                return new Reading.Bad(number, e.reason);
            }
        }
        return lines.isEmpty() ? new Reading.Bad(1, "it names nobody") : new Reading.Good(new AllowedSigners(lines));
    }

    private static Line line(String line) throws BadLineException {
        int at = word(line, 0);
        String principals = line.substring(0, at);
        String rest = line.substring(at).strip();
        String namespaces = null;
        Instant after = null;
        Instant before = null;
        int end = word(rest, 0);
        String first = rest.substring(0, end);
        if (first.indexOf('=') >= 0 || first.equalsIgnoreCase("cert-authority")) {
            for (String option : options(first)) {
                int equals = option.indexOf('=');
                String name = (equals < 0 ? option : option.substring(0, equals)).toLowerCase(Locale.ROOT);
                switch (name) {
                    case "namespaces" -> namespaces = value(option, equals);
                    case "valid-after" -> after = time(value(option, equals));
                    case "valid-before" -> before = time(value(option, equals));
                    case "cert-authority" -> throw new BadLineException("certificates are not taken");
                    default -> throw new BadLineException("neither a key nor an option: `" + name + "`");
                }
            }
            rest = rest.substring(end).strip();
        }
        if (!(SshKey.ofLine(rest) instanceof SshKey.Reading.Good good)) {
            throw new BadLineException("its key can't be used: " + ((SshKey.Reading.Bad) SshKey.ofLine(rest)).reason());
        }
        boolean quoted = principals.length() > 1 && principals.startsWith("\"") && principals.endsWith("\"");
        String who = quoted ? principals.substring(1, principals.length() - 1) : principals;
        return new Line(who, good.key(), namespaces, after, before);
    }

    /** Where the word that begins at {@code from} ends: at white space that is not inside quotes. */
    private static int word(String line, int from) {
        boolean quoted = false;
        int at = from;
        while (at < line.length() && (quoted || line.charAt(at) != ' ' && line.charAt(at) != '\t')) {
            if (quoted && line.charAt(at) == '\\') {
                at++;
            } else if (line.charAt(at) == '"') {
                quoted = !quoted;
            }
            at++;
        }
        return Math.min(at, line.length());
    }

    private static List<String> options(String text) {
        List<String> options = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                options.add(text.substring(from, i));
                from = i + 1;
            }
        }
        options.add(text.substring(from));
        return options;
    }

    private static String value(String option, int equals) throws BadLineException {
        boolean quoted = equals > 0
                && option.length() > equals + 2
                && option.charAt(equals + 1) == '"'
                && option.indexOf('"', equals + 2) == option.length() - 1;
        if (!quoted) {
            throw new BadLineException("the value of an option stands in quotes: `" + option + "`");
        }
        return option.substring(equals + 2, option.length() - 1);
    }

    /** {@code YYYYMMDD}, {@code YYYYMMDDHHMM} or {@code YYYYMMDDHHMMSS}, here or, with {@code Z}, in UTC. */
    private static Instant time(String text) throws BadLineException {
        boolean utc = text.endsWith("Z");
        String digits = utc ? text.substring(0, text.length() - 1) : text;
        boolean shape = digits.length() == 8 || digits.length() == 12 || digits.length() == 14;
        for (int i = 0; i < digits.length(); i++) {
            shape &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!shape) {
            throw new BadLineException("`" + text + "` is not a time such as 20261123 or 20261123101500Z");
        }
        String all = digits + "000000".substring(digits.length() - 8);
        try {
            return LocalDateTime.of(
                            number(all, 0, 4),
                            number(all, 4, 6),
                            number(all, 6, 8),
                            number(all, 8, 10),
                            number(all, 10, 12),
                            number(all, 12, 14))
                    .atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeException e) {
            throw new BadLineException("`" + text + "` is not a time");
        }
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    /** Whom the file names as the key's owner for seals at that time (RFC 3339); null: nobody. */
    @Nullable
    String owner(SshKey key, String time) {
        for (Line line : lines) {
            if (line.key().base64().equals(key.base64()) && why(line, time) == null) {
                return line.principals();
            }
        }
        return null;
    }

    /** Why the key may not seal at that time, as a sentence about it; null: it may. */
    @Nullable
    String fault(SshKey key, String time) {
        String reason = "which is not among the signers";
        for (Line line : lines) {
            if (line.key().base64().equals(key.base64())) {
                String why = why(line, time);
                if (why == null) {
                    return null;
                }
                reason = why;
            }
        }
        return reason;
    }

    private static @Nullable String why(Line line, String time) {
        if (line.namespaces() != null && !matches(line.namespaces())) {
            return "which may not sign in the namespace `" + RunSealed.NAMESPACE + "`";
        }
        Instant at;
        try {
            at = Instant.parse(time).truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            return "at a time that there is not: " + time;
        }
        if (line.after() != null && at.isBefore(line.after()) || line.before() != null && at.isAfter(line.before())) {
            return "which was not valid then";
        }
        return null;
    }

    /** A list of patterns as of ssh_config(5): one must match, and none that begins with an exclamation mark. */
    private static boolean matches(String patterns) {
        boolean found = false;
        for (String pattern : patterns.split(",", -1)) {
            boolean not = pattern.startsWith("!");
            if (matches(not ? pattern.substring(1) : pattern, 0, RunSealed.NAMESPACE, 0)) {
                if (not) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }

    private static boolean matches(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        char c = pattern.charAt(p);
        if (c == '*') {
            return matches(pattern, p + 1, text, t) || t < text.length() && matches(pattern, p, text, t + 1);
        }
        return t < text.length() && (c == '?' || c == text.charAt(t)) && matches(pattern, p + 1, text, t + 1);
    }

    private static final class BadLineException extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        BadLineException(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
