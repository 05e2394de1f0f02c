package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code roster.yaml} (formats.md, "Approvals"): its shape and times alone; {@code policy} reads names
 * and keys, and lets no file with a mistake become a roster.
 */
public final class RosterDecoder {
    private final Diagnostics diagnostics;

    private RosterDecoder(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** One of {@code people}, as written. */
    public record Person(
            YamlNode.Scalar name,
            List<YamlNode.Scalar> osUsers,
            List<Key> keys,
            List<YamlNode.Scalar> roles,
            Span span) {
        public Person {
            osUsers = List.copyOf(osUsers);
            keys = List.copyOf(keys);
            roles = List.copyOf(roles);
        }
    }

    /** One of a person's {@code keys}; the times are microseconds since 1970, null: no limit. */
    public record Key(
            YamlNode.Scalar ssh,
            @Nullable Long validAfterMicros,
            @Nullable Long validBeforeMicros) {}

    /**
     * The people that could be read, so that their names and keys can be checked as well; null if it is
     * not a map at all. Must not be used once {@code diagnostics} holds an error.
     */
    public static @Nullable List<Person> decode(Source source, Diagnostics diagnostics) {
        YamlNode root = YamlReader.read(source, 0, diagnostics);
        return root == null ? null : new RosterDecoder(diagnostics).roster(root);
    }

    private @Nullable List<Person> roster(YamlNode root) {
        if (root instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Scalar.Kind.NULL) {
            diagnostics.error(
                    Code.Y115,
                    root.span(),
                    "the roster is empty",
                    "",
                    "write at least `apiVersion: roster/v0` and the first of `people`");
            return null;
        }
        Fields fields = Fields.of(root, "a roster", diagnostics);
        if (fields == null) {
            return null;
        }
        Documents.apiVersion(fields, diagnostics, "roster/v0");
        YamlNode list = fields.node("people");
        List<YamlNode> items = fields.list("people");
        if (list == null) {
            fields.missing("people");
        } else if (items != null && items.isEmpty()) {
            diagnostics.error(
                    Code.Y119, list.span(), "`people` may not be empty", "", "a roster of nobody lets nobody say yes");
        }
        List<Person> people = new ArrayList<>();
        for (YamlNode item : items == null ? List.<YamlNode>of() : items) {
            Fields person = Fields.of(item, "a person", diagnostics);
            if (person != null) {
                add(person(person), people);
            }
        }
        fields.done();
        return people;
    }

    private @Nullable Person person(Fields fields) {
        YamlNode.Scalar name = Scalars.named(fields, "person", diagnostics);
        List<YamlNode.Scalar> users = fields.texts("os_users");
        List<Key> keys = keys(fields);
        List<YamlNode.Scalar> roles = fields.texts("roles");
        fields.done();
        if (fields.node("os_users") == null && fields.node("keys") == null) {
            fields.missing("os_users", "keys");
        } else if (isEmpty(fields.node("os_users")) && isEmpty(fields.node("keys"))) {
            diagnostics.error(
                    Code.Y119,
                    fields.keySpan(fields.node("keys") == null ? "os_users" : "keys"),
                    "a person needs an item in `os_users` or `keys`",
                    "",
                    "without one, no decision can be this person's");
        }
        return name == null
                ? null
                : new Person(
                        name,
                        users == null ? List.of() : users,
                        keys,
                        roles == null ? List.of() : roles,
                        fields.span());
    }

    private static boolean isEmpty(@Nullable YamlNode node) {
        return node == null
                || node instanceof YamlNode.Sequence list && list.items().isEmpty();
    }

    private List<Key> keys(Fields person) {
        List<Key> keys = new ArrayList<>();
        List<YamlNode> items = person.list("keys");
        for (YamlNode item : items == null ? List.<YamlNode>of() : items) {
            Fields fields = Fields.of(item, "a key", diagnostics);
            if (fields == null) {
                continue;
            }
            YamlNode.Scalar ssh = Scalars.named(fields, "ssh", diagnostics);
            Long after = Times.micros("valid_after", fields.scalar("valid_after"), diagnostics);
            YamlNode.Scalar beforeText = fields.scalar("valid_before");
            Long before = Times.micros("valid_before", beforeText, diagnostics);
            fields.done();
            if (beforeText != null && after != null && before != null && before <= after) {
                diagnostics.error(
                        Code.P022,
                        beforeText.span(),
                        "the key is never valid: `valid_before` is not later than `valid_after`");
            }
            if (ssh != null) {
                keys.add(new Key(ssh, after, before));
            }
        }
        return keys;
    }

    private static <T> void add(@Nullable T value, List<T> into) {
        if (value != null) {
            into.add(value);
        }
    }
}
