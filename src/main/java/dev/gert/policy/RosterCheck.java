package dev.gert.policy;

import dev.gert.decode.RosterDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names and keys of a roster: each is one, is one person's, and reads as what it is. */
final class RosterCheck {
    private static final int LONGEST = 200;

    private final Diagnostics diagnostics;
    private final Map<String, Owned> names = new HashMap<>();
    private final Map<String, Owned> users = new HashMap<>();
    private final Map<String, Owned> keys = new HashMap<>();

    RosterCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** What is somebody's, where it stood first. */
    private record Owned(String person, String text, Span span) {}

    List<Roster.Person> people(List<RosterDecoder.Person> written) {
        List<Roster.Person> people = new ArrayList<>();
        for (RosterDecoder.Person person : written) {
            people.add(person(person));
        }
        return people;
    }

    private Roster.Person person(RosterDecoder.Person written) {
        YamlNode.Scalar scalar = written.name();
        String name = scalar.text();
        if (isName(scalar, "`person`")) {
            Owned first = names.putIfAbsent(folded(name), new Owned(name, name, scalar.span()));
            if (first != null) {
                String same = first.text().equals(name)
                        ? "`" + name + "` is in the roster twice"
                        : "`" + name + "` and `" + first.text() + "` differ in the case of letters alone";
                twice(scalar.span(), same, first, "put all users, keys and roles of one person into one item");
            }
        }
        List<String> osUsers = new ArrayList<>();
        for (YamlNode.Scalar user : written.osUsers()) {
            if (isName(user, "an item of `os_users`")) {
                String what = "the OS user `" + user.text() + "`";
                own(users, folded(user.text()), new Owned(name, user.text(), user.span()), what);
                osUsers.add(user.text());
            }
        }
        List<Roster.Key> owned = new ArrayList<>();
        for (RosterDecoder.Key key : written.keys()) {
            SshKey ssh = key(key.ssh());
            if (ssh != null) {
                String what = "the key `" + ssh.fingerprint() + "`";
                own(keys, ssh.base64(), new Owned(name, ssh.base64(), key.ssh().span()), what);
                owned.add(new Roster.Key(ssh, key.validAfterMicros(), key.validBeforeMicros()));
            }
        }
        return new Roster.Person(name, osUsers, owned, roles(written.roles()), written.span());
    }

    private List<String> roles(List<YamlNode.Scalar> written) {
        List<String> roles = new ArrayList<>();
        for (YamlNode.Scalar role : written) {
            if (!isName(role, "an item of `roles`")) {
                continue;
            }
            if (roles.contains(role.text())) {
                diagnostics.error(Code.P021, role.span(), "the role `" + role.text() + "` is given twice");
            }
            roles.add(role.text());
        }
        return roles;
    }

    private @Nullable SshKey key(YamlNode.Scalar scalar) {
        SshKey.Reading reading = SshKey.ofLine(scalar.text());
        if (reading instanceof SshKey.Reading.Good good) {
            return good.key();
        }
        diagnostics.error(
                Code.P022,
                scalar.span(),
                "`ssh` is not a key that may sign: " + ((SshKey.Reading.Bad) reading).reason(),
                "",
                "write the line of a `.pub` file: `ssh-keygen -t ed25519` makes one");
        return null;
    }

    private void own(Map<String, Owned> owners, String id, Owned owned, String what) {
        Owned first = owners.putIfAbsent(id, owned);
        if (first == null) {
            return;
        }
        String also = first.text().equals(owned.text()) ? "" : " (written `" + first.text() + "`)";
        boolean same = first.person().equals(owned.person());
        twice(
                owned.span(),
                same
                        ? what + " is given twice"
                        : what + " belongs to `" + CodePoints.escaped(owned.person()) + "` and to `"
                                + CodePoints.escaped(first.person()) + "`" + also,
                first,
                same ? null : "each is one person's alone: else one person could count as two");
    }

    private void twice(Span span, String message, Owned first, @Nullable String help) {
        diagnostics.add(new Diagnostic(
                Code.P021,
                Severity.ERROR,
                message,
                new Label(span, ""),
                List.of(new Label(first.span(), "first here")),
                help));
    }

    /** Users of some machines, and readers, don't tell capitals from small letters. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** What reads as one name, stands for nobody else, and can't be taken for a pattern. */
    private boolean isName(YamlNode.Scalar scalar, String what) {
        String text = scalar.text();
        String fault = fault(text);
        if (fault.isEmpty()) {
            return true;
        }
        String help = text.indexOf('*') >= 0 || text.indexOf('?') >= 0
                ? "a roster has no patterns: name each by itself"
                : CodePoints.printableAscii(text)
                        ? null
                        : "only printable ASCII: look-alike letters would be somebody else";
        diagnostics.error(
                Code.P020,
                scalar.span(),
                text.isEmpty()
                        ? what + " may not be empty"
                        : what + " is `" + CodePoints.escaped(text) + "`, which " + fault,
                "",
                help);
        return false;
    }

    /** Empty if there is none. */
    private static String fault(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        if (!CodePoints.printableAscii(text)) {
            return "holds " + CodePoints.named(text);
        }
        if (text.indexOf('*') >= 0) {
            return "holds `*`";
        }
        if (text.indexOf('?') >= 0) {
            return "holds `?`";
        }
        if (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
            return "begins or ends with a space";
        }
        if (text.contains("  ")) {
            return "holds two spaces in a row";
        }
        return text.length() > LONGEST ? "is longer than " + LONGEST + " characters" : "";
    }
}
