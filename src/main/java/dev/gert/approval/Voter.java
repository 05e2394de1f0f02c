package dev.gert.approval;

import dev.gert.policy.Need;
import java.util.List;

/**
 * Who somebody is for a request, before they decide. It saves them a decision that the run would not count;
 * what counts is what the run finds out by itself.
 */
public sealed interface Voter {
    /** A person whose decision may count. */
    record Person(String name) implements Voter {}

    /** Nobody whose decision counts; {@code reason} is a sentence, {@code help} what to do, empty: nothing. */
    record Nobody(String reason, String help) implements Voter {}

    /** By an OS user. {@code yes}: what is to be decided; a no is anybody's. */
    static Voter ofUser(OpenRequest request, String osUser, boolean yes) {
        if (!request.term("local")) {
            return new Nobody(
                    "policy takes no decision of an OS user: its `methods` has no `local`",
                    "`--sign KEY` signs the decision with an SSH key");
        }
        List<OpenRequest.Person> people = request.people();
        if (people == null) {
            return eligible(request, osUser, List.of(), yes, false);
        }
        for (OpenRequest.Person person : people) {
            if (person.osUsers().contains(osUser)) {
                return eligible(request, person.name(), person.roles(), yes, true);
            }
        }
        return new Nobody(
                "the OS user " + osUser + " is none of those who may decide: " + names(people),
                "`--sign KEY` decides by an SSH key of the roster");
    }

    /** By a key's fingerprint. */
    static Voter ofKey(OpenRequest request, String fingerprint, boolean yes) {
        if (!request.term("ssh")) {
            return new Nobody("policy takes no signed decision: its `methods` has no `ssh`", "");
        }
        List<OpenRequest.Person> people = request.people();
        if (people == null) {
            return new Nobody(
                    "policy names no roster, so nobody knows whose key " + fingerprint + " is",
                    "`approvals.roster` names one");
        }
        for (OpenRequest.Person person : people) {
            if (person.keys().contains(fingerprint)) {
                return eligible(request, person.name(), person.roles(), yes, true);
            }
        }
        return new Nobody("the key " + fingerprint + " is of none of those who may decide: " + names(people), "");
    }

    private static Voter eligible(
            OpenRequest request, String person, List<String> roles, boolean yes, boolean rolesKnown) {
        boolean own = person.equals(request.requester());
        if (yes && own && !request.term("allow_self")) {
            return new Nobody(
                    person + " asked for this, and policy wants the yes of somebody else",
                    request.term("acknowledge") ? "where one yes will do, acknowledge it where the run waits" : "");
        }
        boolean counts = !yes;
        for (Need need : request.needs()) {
            boolean holds = need.roles().isEmpty() || !rolesKnown;
            for (String role : need.roles()) {
                holds |= roles.contains(role);
            }
            counts |= holds;
        }
        return counts ? new Person(person) : new Nobody(person + " holds none of the roles that the rules ask for", "");
    }

    private static String names(List<OpenRequest.Person> people) {
        StringBuilder names = new StringBuilder();
        for (OpenRequest.Person person : people) {
            names.append(names.length() == 0 ? "" : ", ").append(person.name());
        }
        return names.length() == 0 ? "nobody" : names.toString();
    }
}
