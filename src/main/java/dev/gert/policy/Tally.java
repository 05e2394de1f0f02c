package dev.gert.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts decisions against what rules want (formats.md, section 3, "Approvals"): distinct people, each of
 * whom counts for every rule that they fit.
 */
public final class Tally {
    private final List<Need> needs;
    private final ApprovalTerms terms;
    private final @Nullable Roster roster;

    public Tally(List<Need> needs, ApprovalTerms terms, @Nullable Roster roster) {
        this.needs = List.copyOf(needs);
        this.terms = terms;
        this.roster = roster;
    }

    /** Whether every rule has its people; a no among the votes is never met. */
    public boolean isMet(List<Vote> votes) {
        for (Vote vote : votes) {
            if (!vote.yes()) {
                return false;
            }
        }
        return open(votes).isEmpty();
    }

    /** The needs that want more people than these, with how many more. */
    public List<Need> open(List<Vote> votes) {
        List<Need> open = new ArrayList<>();
        for (Need need : needs) {
            Set<String> people = new LinkedHashSet<>();
            for (Vote vote : votes) {
                if (vote.yes() && fits(vote, need)) {
                    people.add(vote.person());
                }
            }
            if (people.size() < need.people()) {
                open.add(new Need(need.rule(), need.people() - people.size(), need.roles()));
            }
        }
        return open;
    }

    /** Whether the vote counts for any of the needs. */
    public boolean counts(Vote vote) {
        for (Need need : needs) {
            if (fits(vote, need)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(Vote vote, Need need) {
        boolean self = !vote.own() || terms.allowSelf();
        boolean possible = switch (vote.method()) {
            case ACKNOWLEDGE -> terms.local() && terms.acknowledge() && (need.people() == 1 || self && known(vote));
            case LOCAL -> terms.local() && self;
            case SSH -> terms.ssh() && self;
        };
        return possible && holds(vote.person(), need.roles());
    }

    /** Among several people somebody whom the roster does not know could be one of the others. */
    private boolean known(Vote vote) {
        return roster == null || roster.person(vote.person()) != null;
    }

    /** Without a roster nobody knows who holds a role, and the record says so. */
    private boolean holds(String person, List<String> roles) {
        if (roster == null || roles.isEmpty()) {
            return true;
        }
        for (Roster.Person each : roster.holding(roles)) {
            if (each.name().equals(person)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the needs names roles that no roster can tell of. */
    public boolean isUnverified() {
        for (Need need : needs) {
            if (roster == null && !need.roles().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** A need that nobody can ever meet; {@code why} is a sentence. */
    public record Never(Need need, String why) {
        /** For messages that don't show the rule. */
        public String describe() {
            return "it wants " + need.who() + ", and " + why;
        }
    }

    /**
     * The first of the needs that nobody can ever meet, or null.
     *
     * @param requester as {@link Vote#person} has it, null: nobody knows yet
     * @param exchange whether other OS users can decide
     * @param terminal whether the requester may be asked at a terminal
     */
    public @Nullable Never impossible(@Nullable String requester, boolean exchange, boolean terminal) {
        for (Need need : needs) {
            String why = impossible(need, requester, exchange, terminal);
            if (why != null) {
                return new Never(need, why);
            }
        }
        return null;
    }

    private @Nullable String impossible(Need need, @Nullable String requester, boolean exchange, boolean terminal) {
        Vote own = new Vote(requester == null ? "" : requester, true, true, Vote.Method.ACKNOWLEDGE);
        boolean mayAcknowledge = terminal && need.people() == 1 && terms.acknowledge() && terms.local();
        if (mayAcknowledge && (requester == null ? holdsAny(need) : fits(own, need))) {
            return null;
        }
        if (roster == null) {
            boolean alone = terms.allowSelf() && need.people() == 1;
            return (exchange || alone) && terms.local()
                    ? null
                    : "policy names neither a roster nor an exchange through which another OS user could decide";
        }
        int able = 0;
        for (Roster.Person person : roster.holding(need.roles())) {
            boolean self = person.name().equals(requester);
            boolean signs = terms.ssh() && !person.keys().isEmpty();
            boolean reaches = exchange || self || requester == null && need.people() == 1 && terms.allowSelf();
            boolean writes = terms.local() && reaches && !person.osUsers().isEmpty();
            able += (!self || terms.allowSelf()) && (signs || writes) ? 1 : 0;
        }
        return able >= need.people()
                ? null
                : "the roster has " + (able == 0 ? "nobody" : "only " + able) + " who could decide"
                        + (requester == null ? "" : " beside the requester");
    }

    private boolean holdsAny(Need need) {
        return roster == null || !roster.holding(need.roles()).isEmpty();
    }
}
