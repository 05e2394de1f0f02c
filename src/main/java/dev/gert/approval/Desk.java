package dev.gert.approval;

import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dialogue;
import dev.gert.engine.port.Dialogue.Reply;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.RunEvent;
import dev.gert.policy.Need;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Redactor;
import dev.gert.policy.Tally;
import dev.gert.policy.Vote;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a run's approvals are asked for and counted (formats.md, "Approvals"): the requester's own yes at
 * the terminal, and the decisions that others leave while the run waits or after it was left. Nothing but a
 * yes that was counted is a yes.
 */
public final class Desk implements Approver {
    private static final int TRIES = 3;
    private static final int DIGEST = 8;
    private static final int NONCE_BYTES = 16;

    private final Dialogue dialogue;
    private final Requester requester;
    private final ApprovalFolder folder;
    private final UsedApprovals used;
    private final Supplier<String> head;
    private final Clock clock;
    private final String rootRun;
    private final long began;
    private final long beganNanos;

    /**
     * @param head the hash of the journal's last record
     * @param rootRun the id of the folder's first run
     * @param notBefore microseconds since 1970 of the last record that was there before: a clock that stands
     *     before it was set back, and counts as standing there
     */
    public Desk(
            Dialogue dialogue,
            Requester requester,
            ApprovalFolder folder,
            UsedApprovals used,
            Supplier<String> head,
            Clock clock,
            String rootRun,
            long notBefore) {
        this.dialogue = dialogue;
        this.requester = requester;
        this.folder = folder;
        this.used = used;
        this.head = head;
        this.clock = clock;
        this.rootRun = rootRun;
        this.began = Math.max(clock.epochMicros(), notBefore);
        this.beganNanos = clock.nanos();
    }

    /** Never earlier than what has passed since this desk was opened: a clock set back gives nobody more time. */
    private Instant now() {
        long passed = Math.max(0, clock.nanos() - beganNanos) / 1000;
        long micros = Math.max(clock.epochMicros(), began + passed);
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
    }

    private static String name(Question question) {
        return ApprovalFolder.name(question.run(), question.step(), question.attempt());
    }

    @Override
    public RunEvent.RequestFile request(Question question) {
        String name = name(question);
        try {
            RequestText text = new RequestText(question, requester, folder.key());
            String written = folder.request(name);
            if (written != null) {
                OpenRequest before = OpenRequest.of(written);
                if (before != null
                        && before.sha256().equals(question.earlier())
                        && !used.has(before.sha256())
                        && text.of(before.stamp()).equals(written)) {
                    return new RunEvent.RequestFile(
                            ApprovalFolder.NAME + "/" + name + ApprovalFolder.REQUEST,
                            before.sha256(),
                            before.expires());
                }
                folder.supersede(name, RequestText.sha256(written));
            }
            byte[] nonce = new byte[NONCE_BYTES];
            new SecureRandom().nextBytes(nonce);
            Instant now = now();
            long timeout = question.plan().policy().terms().timeoutMillis();
            RequestText.Stamp stamp = new RequestText.Stamp(
                    HexFormat.of().formatHex(nonce),
                    now.toString(),
                    now.plusMillis(timeout).toString(),
                    head.get());
            String fresh = text.of(stamp);
            String file = folder.open(name, fresh, rootRun);
            return new RunEvent.RequestFile(file, RequestText.sha256(fresh), stamp.expires());
        } catch (IOException e) {
            throw new UnrecordedException("the approval request can't be written: " + e.getMessage(), e);
        }
    }

    @Override
    public Answer ask(Question question, RunEvent.@Nullable RequestFile request) {
        if (request == null) {
            throw new IllegalStateException("a question at the desk has a request");
        }
        try {
            String text = folder.request(name(question));
            OpenRequest open = text == null ? null : OpenRequest.of(text);
            if (open == null || !open.sha256().equals(request.sha256())) {
                return new Answer.Blocked("its approval request is not what was written");
            }
            return new Asking(question, open).go();
        } catch (IOException e) {
            throw new UnrecordedException("the decisions can't be read: " + e.getMessage(), e);
        }
    }

    /** One question until it is answered or left. */
    private final class Asking {
        private final Question question;
        private final OpenRequest request;
        private final Policy policy;
        private final Tally tally;
        private final DecisionCheck check;
        private final Map<String, Decided> given = new LinkedHashMap<>();
        private final List<Vote> votes = new ArrayList<>();
        private final Set<Path> seen = new LinkedHashSet<>();
        private final List<String> notes = new ArrayList<>();
        private boolean asked;

        Asking(Question question, OpenRequest request) {
            this.question = question;
            this.request = request;
            this.policy = question.plan().policy();
            this.tally = new Tally(question.needs(), policy.terms(), policy.roster());
            this.check = new DecisionCheck(request, policy.terms(), policy.roster());
        }

        Answer go() throws IOException {
            String exchange = policy.exchange();
            String problem = exchange == null ? null : ApprovalFolder.problem(Path.of(exchange));
            boolean terminal = dialogue.obstacle().isEmpty();
            String person = acknowledgement().person();
            if (problem != null) {
                notes.add("nobody can decide through `approvals.exchange`: " + exchange + ": " + problem);
            }
            Tally.Never never = tally.impossible(person, exchange != null && problem == null, true);
            if (never != null) {
                return new Answer.Blocked(
                        problem == null
                                ? never.describe()
                                : "its approval can't be decided on: `approvals.exchange`: " + exchange + ": "
                                        + problem);
            }
            int tries = TRIES;
            boolean look = false;
            while (true) {
                Answer decided = read();
                if (decided != null) {
                    return decided;
                }
                if (isExpired()) {
                    return new Answer.Blocked("its approval request expired at " + request.expires());
                }
                if (!terminal) {
                    notes.add(0, waits() + ", and nobody can be asked here: " + dialogue.obstacle());
                    return new Answer.Pending(String.join("; ", notes));
                }
                Reply reply = prompt(look);
                look = false;
                if (reply instanceof Reply.Interrupted) {
                    return new Answer.Interrupted();
                } else if (reply instanceof Reply.End) {
                    return new Answer.Pending(waits() + ", and the input ended");
                } else if (reply instanceof Reply.Decided said && !said.yes()) {
                    return new Answer.Denied(
                            new Decided(person, "acknowledge", false, ballot()),
                            said.reason().isEmpty() ? "denied on the page" : said.reason());
                } else if (reply instanceof Reply.Decided said) {
                    if (mayAcknowledge()) {
                        take(
                                acknowledgement(),
                                null,
                                new Decided(person, "acknowledge", tally.isUnverified(), because(said.reason())));
                    } else {
                        notes.add("that yes does not count here");
                    }
                } else if (reply instanceof Reply.Line line) {
                    String typed = line.text();
                    if (mayAcknowledge() && typed.equals(question.stepId())) {
                        take(
                                acknowledgement(),
                                null,
                                new Decided(person, "acknowledge", tally.isUnverified(), ballot()));
                    } else if (typed.equals(word("n", "no"))) {
                        return new Answer.Denied(
                                new Decided(person, "acknowledge", false, ballot()), "denied on the terminal");
                    } else if (typed.equals(word("q", "quit"))) {
                        return new Answer.Pending(waits() + ", and was left waiting");
                    } else if (typed.equals(word("v", "policy"))) {
                        look = true;
                    } else if (--tries == 0) {
                        return new Answer.Pending(waits() + ", and no clear answer came");
                    } else {
                        notes.add("that is none of these");
                    }
                }
            }
        }

        /** Null while further people have to decide. */
        private @Nullable Answer read() throws IOException {
            for (ApprovalFolder.Found found : folder.decisions(name(question), rootRun)) {
                if (found.decision().osUser() != null || !seen.add(found.file())) {
                    continue;
                }
                DecisionCheck.Result result = check.check(found.decision(), found.owner(), now());
                if (result instanceof DecisionCheck.Result.Counts counts) {
                    Answer no = count(found, counts);
                    if (no != null) {
                        return no;
                    }
                } else {
                    String why = ((DecisionCheck.Result.Refused) result).reason();
                    notes.add("a decision does not count: " + found.file().getFileName() + " " + why);
                }
            }
            if (!tally.isMet(votes) || isExpired()) {
                return null;
            }
            if (!used.spend(request.sha256())) {
                return new Answer.Blocked("its approval was used before, and counts once");
            }
            return new Answer.Granted(List.copyOf(given.values()));
        }

        /** As the clock here says: when a decision was signed is only what it says of itself. */
        private boolean isExpired() {
            return !now().isBefore(Instant.parse(request.expires()));
        }

        /** An answer where it is a no. */
        private @Nullable Answer count(ApprovalFolder.Found found, DecisionCheck.Result.Counts counts)
                throws IOException {
            Vote vote = counts.vote();
            if (vote.yes() && !tally.counts(vote)) {
                notes.add("the yes of " + vote.person() + " does not count: "
                        + (vote.own() ? "it is the requester's own" : "no rule asks for their role"));
                return null;
            }
            ApprovalFolder.Kept kept = folder.isOwn(found.file())
                    ? ApprovalFolder.kept(found)
                    : folder.add(
                            name(question),
                            new SignedDecision(
                                    found.decision().text(), found.decision().signature(), found.owner()));
            Redactor redactor = question.redactor();
            RunEvent.Ballot ballot = new RunEvent.Ballot(
                    request.sha256(),
                    new RunEvent.FileDigest(kept.file(), kept.sha256()),
                    counts.key(),
                    redactor.safe(counts.reason()));
            Decided by = new Decided(vote.person(), vote.method().word(), tally.isUnverified(), ballot);
            if (!vote.yes()) {
                return new Answer.Denied(by, counts.reason().isEmpty() ? "denied" : counts.reason());
            }
            take(vote, "approved by " + vote.person() + " (" + vote.method().word() + ")", by);
            return null;
        }

        private void take(Vote vote, @Nullable String note, Decided by) {
            votes.add(vote);
            given.putIfAbsent(vote.person(), by);
            if (note != null) {
                notes.add(note);
            }
        }

        private RunEvent.Ballot ballot() {
            return new RunEvent.Ballot(request.sha256(), null, null, null);
        }

        private RunEvent.Ballot because(String reason) {
            return reason.isEmpty()
                    ? ballot()
                    : new RunEvent.Ballot(
                            request.sha256(), null, null, question.redactor().safe(reason));
        }

        private Vote acknowledgement() {
            return new Vote(requester.atTerminal(policy.roster()), true, true, Vote.Method.ACKNOWLEDGE);
        }

        /** Whether typing the step's id would bring the run nearer. */
        private boolean mayAcknowledge() {
            Vote vote = acknowledgement();
            List<Vote> with = new ArrayList<>(votes);
            with.add(vote);
            boolean nearer = !tally.open(with).equals(tally.open(votes));
            return tally.counts(vote) && nearer;
        }

        private Reply prompt(boolean look) throws IOException {
            List<String> lines = new ArrayList<>();
            for (String note : notes) {
                lines.add("    " + note);
            }
            notes.clear();
            lines.addAll(look ? policy() : asked ? request.lines().subList(0, 1) : request.lines());
            asked = true;
            lines.add("    waits     for " + who() + ", until " + request.expires());
            if (!othersMay().isEmpty()) {
                lines.add("    others    " + othersMay());
            }
            StringBuilder words = new StringBuilder("    ");
            if (mayAcknowledge()) {
                words.append("type ").append(question.stepId()).append(" to acknowledge, ");
            }
            words.append(word("n", "no")).append(" to deny, ");
            words.append(word("v", "policy")).append(" for the policy, ");
            words.append(word("q", "quit")).append(" to leave it waiting >");
            long left = Instant.parse(request.expires()).toEpochMilli() - now().toEpochMilli();
            String yes = mayAcknowledge() ? question.stepId() : "";
            return dialogue.askDecision(lines, words.toString(), yes, Math.max(1, left), this::arrived);
        }

        private boolean arrived() {
            try {
                return folder.decisions(name(question), rootRun).stream()
                        .anyMatch(found -> found.decision().osUser() == null && !seen.contains(found.file()));
            } catch (IOException e) {
                return true;
            }
        }

        /** A key that is not the step's own name. */
        private String word(String letter, String instead) {
            return question.stepId().equals(letter) ? instead : letter;
        }

        private String who() {
            return Need.who(tally.open(votes));
        }

        private String waits() {
            String others = othersMay();
            return "waits for the approval of " + who() + (others.isEmpty() ? "" : " (" + others + ")");
        }

        /** How other people decide; empty where policy lets nobody else. */
        private String othersMay() {
            boolean others = policy.roster() != null || policy.exchange() != null;
            return others ? "gert approve " + rootRun + " --step " + question.stepId() : "";
        }

        /** What the policy is made of, and the command again, so that it is what stands right before the prompt. */
        private List<String> policy() {
            List<String> lines = new ArrayList<>();
            for (PolicyLayer layer : policy.layers()) {
                lines.add((lines.isEmpty() ? "    policy    " : "              ") + layer.file() + " (sha256:"
                        + layer.sha256().substring(0, DIGEST) + ")");
            }
            if (policy.roster() != null) {
                lines.add("    roster    " + policy.roster().file() + " (sha256:"
                        + policy.roster().sha256().substring(0, DIGEST) + ")");
            }
            for (Need need : question.needs()) {
                lines.add("    rule      " + need.rule().describe());
            }
            lines.add(request.lines().get(0));
            return lines;
        }
    }
}
