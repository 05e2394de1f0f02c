package dev.gert.approval;

import dev.gert.policy.Roster;
import org.jspecify.annotations.Nullable;

/**
 * Who started the run, as requests name them.
 *
 * @param actor as the run says ({@code --as}); proves nothing
 * @param osUser whose process it is
 * @param mode of the run
 */
public record Requester(String actor, String osUser, String host, String mode) {
    /** As {@link dev.gert.policy.Vote#person} has it. */
    public String person(@Nullable Roster roster) {
        return person(osUser, roster);
    }

    /**
     * Who answers at the run's terminal. An OS user whom the roster does not know holds nothing of a person
     * who happens to be called the same.
     */
    String atTerminal(@Nullable Roster roster) {
        boolean namesake = roster != null && roster.personOfOsUser(osUser) == null && roster.person(osUser) != null;
        return namesake ? "the OS user " + osUser : person(roster);
    }

    /** The person behind an OS user; one that no roster knows goes by its own name. */
    static String person(String osUser, @Nullable Roster roster) {
        Roster.Person person = roster == null ? null : roster.personOfOsUser(osUser);
        return person == null ? osUser : person.name();
    }
}
