package dev.gert.policy;

import dev.gert.decode.RosterDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may say yes ({@code roster.yaml}; formats.md, "Approvals"). Made only of a file without a mistake:
 * a user or a key is one person's, and a person has one name.
 */
public final class Roster {
    private final Source source;
    private final List<Person> people;

    private Roster(Source source, List<Person> people) {
        this.source = source;
        this.people = List.copyOf(people);
    }

    /** Somebody whose decisions count. */
    public record Person(String name, List<String> osUsers, List<Key> keys, List<String> roles, Span span) {
        public Person {
            osUsers = List.copyOf(osUsers);
            keys = List.copyOf(keys);
            roles = List.copyOf(roles);
        }

        /** The key of that {@link SshKey#base64}, null if it is not one of this person's. */
        public @Nullable Key key(String base64) {
            for (Key key : keys) {
                if (key.ssh().base64().equals(base64)) {
                    return key;
                }
            }
            return null;
        }
    }

    /** A key and when it counts, in microseconds since 1970; null: no limit. */
    public record Key(
            SshKey ssh,
            @Nullable Long validAfterMicros,
            @Nullable Long validBeforeMicros) {
        /** From {@code valid_after} on, and before {@code valid_before}. */
        public boolean validAt(long epochMicros) {
            return (validAfterMicros == null || epochMicros >= validAfterMicros)
                    && (validBeforeMicros == null || epochMicros < validBeforeMicros);
        }
    }

    /** Null, with diagnostics, if anything in the file is wrong: then nobody may say yes. */
    public static @Nullable Roster read(Source source, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        List<RosterDecoder.Person> written = RosterDecoder.decode(source, own);
        List<Person> people = written == null ? null : new RosterCheck(own).people(written);
        diagnostics.addAll(own);
        return people == null || own.hasErrors() ? null : new Roster(source, people);
    }

    /** In the order of the file. */
    public List<Person> people() {
        return people;
    }

    /** Null if nobody is called so; letters compare as they are. */
    public @Nullable Person person(String name) {
        for (Person person : people) {
            if (person.name().equals(name)) {
                return person;
            }
        }
        return null;
    }

    /** Whose user that is, null: nobody's. Letters compare as they are. */
    public @Nullable Person personOfOsUser(String user) {
        for (Person person : people) {
            if (person.osUsers().contains(user)) {
                return person;
            }
        }
        return null;
    }

    /** Whose key that is, by its {@link SshKey#base64}, valid now or not; null: nobody's. */
    public @Nullable Person personOfKey(String base64) {
        for (Person person : people) {
            if (person.key(base64) != null) {
                return person;
            }
        }
        return null;
    }

    /** Who holds at least one of the roles, in the order of the file; everybody, where no roles are asked for. */
    public List<Person> holding(Collection<String> roles) {
        List<Person> holding = new ArrayList<>();
        for (Person person : people) {
            boolean holds = roles.isEmpty();
            for (String role : roles) {
                holds |= person.roles().contains(role);
            }
            if (holds) {
                holding.add(person);
            }
        }
        return holding;
    }

    /** What the roster says, as a text that depends on neither order, comments nor where the file is. */
    public String canonical() {
        return RosterText.of(people);
    }

    /** As the user wrote it. */
    public String file() {
        return source.name();
    }

    /** The file's text. */
    public String text() {
        return source.text();
    }

    /** The digest of the file's text, in hex. */
    public String sha256() {
        return source.sha256();
    }
}
