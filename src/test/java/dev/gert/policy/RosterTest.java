package dev.gert.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is who, by user, key and role. */
class RosterTest {
    private static final String ANN_KEY = "AAAAC3NzaC1lZDI1NTE5AAAAICwN2wHrgzn0WQ0/owz1EtnrJ60eGb3GIFFOjE5vqbwX";
    private static final String CY_KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIIfOGCtAFAsYqIdZRyPSX8C6ac2egC5jT+YF8B8Q73Cc";
    private static final String HARDER_KEY = "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFazm1U3fUgDdZqk7e"
            + "1s7uu6BO7ggWGB+zxofXJp8vfbRK3Yc7kURtujTLWvyvR51HEupQmd9f8/1dpQY0n6GBY=";

    static final String TEXT = "apiVersion: roster/v0\n"
            + "people:\n"
            + "  - person: ann\n"
            + "    os_users: [ann, ann-admin]\n"
            + "    keys:\n"
            + "      - {ssh: ssh-ed25519 " + ANN_KEY + " ann@laptop, valid_after: 2026-01-01T00:00:00Z}\n"
            + "      - ssh: ecdsa-sha2-nistp256 " + HARDER_KEY + "\n"
            + "        valid_before: 2027-01-01T00:00:00+01:00\n"
            + "    roles: [oncall-lead, dba]\n"
            + "  - {person: bob, os_users: [bob], roles: [dba]}\n"
            + "  - {person: Cy Lee, keys: [{ssh: ssh-ed25519  " + CY_KEY + "}]}\n";

    private static Roster roster(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Roster roster = Roster.read(Source.of("roster.yaml", text), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return requireNonNull(roster);
    }

    private static List<String> names(List<Roster.Person> people) {
        return people.stream().map(Roster.Person::name).toList();
    }

    private final Roster roster = roster(TEXT);

    @Test
    void usersAndKeysAreSomebodys() {
        assertThat(names(roster.people())).containsExactly("ann", "bob", "Cy Lee");
        assertThat(requireNonNull(roster.personOfOsUser("ann-admin")).name()).isEqualTo("ann");
        assertThat(roster.personOfOsUser("Ann-Admin")).isNull();
        assertThat(roster.personOfOsUser("Cy Lee"))
                .as("a person's name is no user")
                .isNull();
        assertThat(requireNonNull(roster.personOfKey(CY_KEY)).name()).isEqualTo("Cy Lee");
        assertThat(requireNonNull(roster.personOfKey(HARDER_KEY)).name()).isEqualTo("ann");
        assertThat(roster.personOfKey("")).isNull();
        assertThat(requireNonNull(roster.person("bob")).osUsers()).containsExactly("bob");
        assertThat(roster.person("Bob")).isNull();
        assertThat(requireNonNull(roster.person("bob")).span().position().line())
                .isEqualTo(10);
    }

    @Test
    void rolesAreHeld() {
        assertThat(names(roster.holding(List.of("dba")))).containsExactly("ann", "bob");
        assertThat(names(roster.holding(List.of("oncall-lead", "nobody")))).containsExactly("ann");
        assertThat(roster.holding(List.of("nobody"))).isEmpty();
        assertThat(names(roster.holding(List.of()))).containsExactly("ann", "bob", "Cy Lee");
    }

    @Test
    void aKeyCountsFromItsFirstInstantUntilBeforeItsLast() {
        Roster.Person ann = requireNonNull(roster.person("ann"));
        Roster.Key first = requireNonNull(ann.key(ANN_KEY));
        long start = 1_767_225_600_000_000L;
        assertThat(Stream.of(start - 1, start, Long.MAX_VALUE).map(first::validAt))
                .containsExactly(false, true, true);
        Roster.Key second = requireNonNull(ann.key(HARDER_KEY));
        long end = 1_798_758_000_000_000L;
        assertThat(Stream.of(0L, end - 1, end).map(second::validAt)).containsExactly(true, true, false);
        assertThat(ann.key(CY_KEY)).as("another person's").isNull();
    }

    @Test
    void theCanonicalTextIsOfWhatCounts() {
        assertThat(roster.canonical())
                .isEqualTo("gert/roster/v1\n"
                        + "person Cy Lee\n"
                        + "key ssh-ed25519 " + CY_KEY + " - -\n"
                        + "person ann\n"
                        + "key ecdsa-sha2-nistp256 " + HARDER_KEY + " - 1798758000000000\n"
                        + "key ssh-ed25519 " + ANN_KEY + " 1767225600000000 -\n"
                        + "os_user ann\n"
                        + "os_user ann-admin\n"
                        + "role dba\n"
                        + "role oncall-lead\n"
                        + "person bob\n"
                        + "os_user bob\n"
                        + "role dba\n");
        String other = TEXT.replace("[oncall-lead, dba]", "[dba, oncall-lead]")
                .replace("ann@laptop", "elsewhere")
                .replace("2027-01-01T00:00:00+01:00", "2026-12-31T23:00:00.000Z");
        assertThat(other).isNotEqualTo(TEXT);
        assertThat(roster(other).canonical()).isEqualTo(roster.canonical());
        assertThat(roster(other).sha256()).isNotEqualTo(roster.sha256());
        for (String changed : List.of(
                TEXT.replace("ann-admin", "ann-admins"),
                TEXT.replace("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000001Z"),
                TEXT.replace("roles: [dba]", "roles: []"),
                TEXT.replace("person: bob", "person: ben"),
                TEXT.replace("valid_after", "valid_before"))) {
            assertThat(changed).isNotEqualTo(TEXT);
            assertThat(roster(changed).canonical()).isNotEqualTo(roster.canonical());
        }
    }
}
