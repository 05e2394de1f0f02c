package dev.gert.event;

import dev.gert.json.JsonValue;
import dev.gert.model.Effect;
import dev.gert.policy.Captured;
import dev.gert.policy.Need;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run: the data of one journal record (formats.md, section 5). Free
 * text is {@link SafeText} or {@link Captured}; plain strings are ids, addresses, digests and words
 * that gert itself made. {@code step} is a node's address, {@code arm} a branch's.
 */
public sealed interface RunEvent {
    /** The record's type; null for one that this version does not know. */
    @Nullable
    EventType type();

    /** The step concerned, or null when the event is the run's. */
    default @Nullable String step() {
        return null;
    }

    /** The attempt concerned, from 1; 0 when the event is not an attempt's. */
    default int attempt() {
        return 0;
    }

    /** A file with its SHA-256 in hex. */
    record FileDigest(String file, String sha256) {}

    /**
     * The first record of a run: {@code data.schema} is {@code gert.journal/v1}.
     *
     * @param queryStart {@code query_start_time}, RFC 3339; null in journals of the first version
     * @param linked the other files that the runbook leads to: runbooks and tools
     * @param roster who may decide, null: no roster is named
     * @param traceparent the {@link Traceparent} that gert was given, null: none
     * @param ci what the pipeline that started it says of itself, each {@code NAME=value}
     */
    record RunStarted(
            String runbookName,
            FileDigest runbook,
            List<FileDigest> policies,
            String policySha256,
            String mode,
            String actor,
            String osUser,
            String host,
            @Nullable SafeText incident,
            String gertVersion,
            @Nullable String jarSha256,
            String projectRoot,
            String cwd,
            @Nullable String queryStart,
            @Nullable String queryEnd,
            List<FileDigest> linked,
            @Nullable FileDigest roster,
            @Nullable String traceparent,
            List<SafeText> ci)
            implements RunEvent {
        @Override
        public EventType type() {
            return EventType.RUN_STARTED;
        }
    }

    /**
     * Before anything is executed, the operator takes steps out of the run.
     *
     * @param from the address of the step that the run begins with, null: with the first
     * @param steps the addresses of single steps
     */
    record StepsSkipped(@Nullable String from, List<String> steps, String person, SafeText reason) implements RunEvent {
        public StepsSkipped {
            steps = List.copyOf(steps);
        }

        @Override
        public EventType type() {
            return EventType.STEPS_SKIPPED;
        }
    }

    /** Vars and inputs as the run sees them; {@code from} says where each came from. */
    record InputsResolved(Map<String, Captured> values, Map<String, String> from) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.INPUTS_RESOLVED;
        }
    }

    /**
     * The run goes on in a new process.
     *
     * @param cutBytes what was removed of a torn last record
     * @param traceparent the {@link Traceparent} that gert was given this time, null: none
     */
    record RunResumed(
            String actor,
            String host,
            long cutBytes,
            @Nullable String traceparent) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.RUN_RESUMED;
        }
    }

    /**
     * A file that governs the run and was changed since it began.
     *
     * @param then its digest when the run came to it, null: it had none
     * @param now its digest today, null: nothing leads to it any more
     */
    record ChangedFile(
            String file, @Nullable String then, @Nullable String now) {}

    /** A person goes on with a run although files were changed since it began; what was done is the same in them. */
    record ChangesAccepted(String person, List<ChangedFile> files) implements RunEvent {
        public ChangesAccepted {
            files = List.copyOf(files);
        }

        @Override
        public EventType type() {
            return EventType.CHANGES_ACCEPTED;
        }
    }

    /** The run is another person's to go on with. */
    record RunHandedOver(String from, String to, @Nullable SafeText reason) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.RUN_HANDED_OVER;
        }
    }

    /** A step begins. */
    record StepStarted(String step, String id, String kind, SafeText title, int attempt) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.STEP_STARTED;
        }
    }

    /** The frozen command as sinks may see it, and what policy said of it. */
    record PolicyDecided(String step, int attempt, CommandView command, String decision, RulePlace rule)
            implements RunEvent {
        @Override
        public EventType type() {
            return EventType.POLICY_DECIDED;
        }
    }

    /**
     * {@code environment}: the names that the step sets; {@code interactive}: the terminal is the command's, and
     * nothing is captured; {@code operation}: a tool's {@code name:action}.
     */
    record CommandView(
            List<SafeText> argv,
            @Nullable SafeText program,
            @Nullable SafeText realPath,
            @Nullable String sha256,
            SafeText cwd,
            List<String> environment,
            Effect effect,
            long timeoutMillis,
            boolean interactive,
            @Nullable String operation) {}

    /** Governance stopped the step. */
    record StepBlocked(
            String step,
            int attempt,
            SafeText reason,
            @Nullable RulePlace rule) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.STEP_BLOCKED;
        }
    }

    /** A person is asked to do a manual step. */
    record AwaitingInput(String step, int attempt, SafeText instructions) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.AWAITING_INPUT;
        }
    }

    /**
     * What people are asked to decide on, as it lies in the run's folder.
     *
     * @param sha256 H of formats.md, "Approvals": what a decision names
     * @param expires RFC 3339
     */
    record RequestFile(String file, String sha256, String expires) {}

    /**
     * People's yes is needed.
     *
     * @param needs all that rules want, {@code rule} among them
     * @param request null where nobody is really asked, and in journals of the first version
     */
    record AwaitingApproval(
            String step,
            int attempt,
            RulePlace rule,
            List<Need> needs,
            @Nullable RequestFile request) implements RunEvent {
        public AwaitingApproval {
            needs = List.copyOf(needs);
        }

        /** Of one person, without a request. */
        public AwaitingApproval(String step, int attempt, RulePlace rule) {
            this(step, attempt, rule, List.of(), null);
        }

        @Override
        public EventType type() {
            return EventType.AWAITING_APPROVAL;
        }
    }

    /**
     * Where a decision came from.
     *
     * @param request the digest of the request that was decided on
     * @param file the decision as it lies in the run's folder, null: it was typed
     * @param key the fingerprint of the key that signed it, null: none did
     */
    record Ballot(
            String request,
            @Nullable FileDigest file,
            @Nullable String key,
            @Nullable SafeText reason) {}

    /**
     * Somebody said yes.
     *
     * @param method {@code acknowledge}, {@code local}, {@code ssh} or {@code simulated}
     * @param more further people have to say yes
     * @param unverified a rule names roles, and no roster says who holds them
     * @param ballot null where nobody was really asked, and in journals of the first version
     */
    record ApprovalGranted(
            String step,
            int attempt,
            String person,
            String method,
            boolean more,
            boolean unverified,
            @Nullable Ballot ballot)
            implements RunEvent {
        /** By one person, without a request. */
        public ApprovalGranted(String step, int attempt, String person, String method) {
            this(step, attempt, person, method, false, false, null);
        }

        @Override
        public EventType type() {
            return EventType.APPROVAL_GRANTED;
        }
    }

    /** One is final. */
    record ApprovalDenied(
            String step,
            int attempt,
            String person,
            SafeText reason,
            @Nullable Ballot ballot) implements RunEvent {
        /** Without a request. */
        public ApprovalDenied(String step, int attempt, String person, SafeText reason) {
            this(step, attempt, person, reason, null);
        }

        @Override
        public EventType type() {
            return EventType.APPROVAL_DENIED;
        }
    }

    /** The approval is spent: durable before {@code dispatched}. {@code request}: the digest of what was decided on, null: nothing was. */
    record ApprovalUsed(String step, int attempt, @Nullable String request) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.APPROVAL_USED;
        }
    }

    /** The intent, durable before the effect. {@code pid} is the child that waits for its go, 0 where there is none. */
    record Dispatched(String step, int attempt, Effect effect, String token, long pid) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.DISPATCHED;
        }
    }

    /**
     * An attempt that came to nothing and is made again; {@code reason} says why. {@code retried}: by the
     * step's own {@code retry}, with the same command; otherwise its result was lost.
     */
    record AttemptFailed(String step, int attempt, SafeText reason, boolean retried) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.ATTEMPT_FAILED;
        }
    }

    /** What the step printed: files under the run's folder (null: nothing was printed), redacted, with sizes in bytes as written and digests. */
    record OutputCaptured(
            String step,
            int attempt,
            @Nullable OutputFile out,
            @Nullable OutputFile err) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.OUTPUT_CAPTURED;
        }
    }

    /** One stream of one step, as it stands on disk. */
    record OutputFile(String file, long bytes, String sha256, boolean redacted) {}

    /**
     * A piece of a manual step's evidence.
     *
     * @param kind {@code text}, {@code checklist}, {@code attachment}
     * @param value the text given; null for the other kinds
     * @param ticked the items of a checklist that were ticked, each by a yes of its own
     * @param file an attachment as it was copied into the run's folder
     * @param method {@code person}, {@code answers}, {@code recorded}, {@code simulated}
     */
    record EvidenceCollected(
            String step,
            int attempt,
            String name,
            String kind,
            @Nullable SafeText value,
            List<SafeText> ticked,
            @Nullable OutputFile file,
            String method)
            implements RunEvent {
        public EvidenceCollected {
            ticked = List.copyOf(ticked);
        }

        @Override
        public EventType type() {
            return EventType.EVIDENCE_COLLECTED;
        }
    }

    /** How an attempt ended; {@code durationMicros} from dispatch to its end. */
    record StepCompleted(
            String step,
            int attempt,
            StepStatus status,
            @Nullable Integer exitCode,
            Map<String, Captured> captures,
            @Nullable SafeText reason,
            long durationMicros)
            implements RunEvent {
        @Override
        public EventType type() {
            return EventType.STEP_COMPLETED;
        }
    }

    /** Found on resume: dispatched, and nobody knows what came of it. */
    record StepInDoubt(String step, int attempt, long pid) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.STEP_IN_DOUBT;
        }
    }

    /** A person settled it; {@code verdict}: {@code did_run}, {@code did_not_run}, {@code abort}. */
    record StepDecided(
            String step,
            int attempt,
            String verdict,
            String person,
            @Nullable SafeText reason) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.STEP_DECIDED;
        }
    }

    /** A person has a step made again that the run ended with; {@code attempt}: the one that came to nothing. */
    record StepRetried(
            String step,
            int attempt,
            String person,
            @Nullable SafeText reason) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.STEP_RETRIED;
        }
    }

    /** An arm was entered. */
    record BranchTaken(String arm, String step, SafeText label, SafeText condition, Map<String, Captured> operands)
            implements RunEvent {
        @Override
        public EventType type() {
            return EventType.BRANCH_TAKEN;
        }
    }

    /** An arm was not entered; {@code unknown}: its condition could not be told. */
    record BranchSkipped(
            String arm,
            String step,
            SafeText label,
            SafeText condition,
            Map<String, Captured> operands,
            boolean unknown)
            implements RunEvent {
        @Override
        public EventType type() {
            return EventType.BRANCH_SKIPPED;
        }
    }

    /**
     * A loop goes round. {@code step} is the loop's address.
     *
     * @param iteration from 1
     * @param total how often it goes round at most
     * @param value the list's item; null where there is no list
     * @param items the whole list, with the first iteration only
     * @param operands what the condition read that let it go on; empty with the first
     */
    record IterationStarted(
            String step,
            int iteration,
            int total,
            @Nullable Captured value,
            List<Captured> items,
            Map<String, Captured> operands)
            implements RunEvent {
        public IterationStarted {
            items = List.copyOf(items);
        }

        @Override
        public EventType type() {
            return EventType.ITERATION_STARTED;
        }
    }

    /** A loop is done, after that many iterations; {@code converged}: as it should be. */
    record IterationEnded(String step, int iterations, boolean converged, Map<String, Captured> operands)
            implements RunEvent {
        @Override
        public EventType type() {
            return EventType.ITERATION_ENDED;
        }
    }

    /** What stands between steps failed: a condition, a loop, a way to another runbook. */
    record NodeFailed(String step, SafeText reason) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.NODE_FAILED;
        }
    }

    /**
     * Another run belongs to this one.
     *
     * @param kind {@code invoke}: the step waits for it; {@code chain}: it goes on where this one ended
     * @param child the other run's id
     * @param reference as the runbook names the other one
     */
    record RunLinked(
            String step, int attempt, String kind, String child, String reference, Map<String, Captured> inputs)
            implements RunEvent {
        @Override
        public EventType type() {
            return EventType.RUN_LINKED;
        }
    }

    /** A step's outcome number {@code index} (from 0; -1: that of the invoked runbook) ends the run. */
    record OutcomeReached(
            String step,
            int index,
            String state,
            SafeText label,
            SafeText recommendation,
            SafeText condition,
            Map<String, Captured> operands)
            implements RunEvent {
        @Override
        public EventType type() {
            return EventType.OUTCOME_REACHED;
        }
    }

    /** The session ends and the run does not; it waits for something. */
    record RunPaused(@Nullable String step, String reason) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.RUN_PAUSED;
        }
    }

    /** A signal ended the session. */
    record RunInterrupted(String signal) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.RUN_INTERRUPTED;
        }
    }

    /** The last record of a run: {@code outcome} is a state, {@code completed} or {@code error}; {@code exitCode} as cli.md; {@code reason}: what went wrong, if no step says it. */
    record RunCompleted(
            String outcome, int exitCode, @Nullable SafeText reason) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.RUN_COMPLETED;
        }
    }

    /**
     * The run's records are signed up to the one before this one.
     *
     * @param key the fingerprint of the key
     * @param signature armored SSHSIG over the hash of the record before, in hex, and a newline
     */
    record RunSealed(String key, String signature) implements RunEvent {
        /** How the signature is made. */
        public static final String FORMAT = "gert.seal/v1";

        /** The namespace of the signature. */
        public static final String NAMESPACE = "gert-run-v1";

        @Override
        public EventType type() {
            return EventType.RUN_SEALED;
        }
    }

    /**
     * A message of {@code notify} was sent, or could not be (formats.md, section 6).
     *
     * @param on the moment: {@code waiting}, {@code outcome}, {@code failed}
     * @param target {@code webhook} and its host, or {@code command} and the program's real path
     * @param sha256 of the program; null of a webhook, and of a program that is not there
     * @param problem why it was not delivered; null: it was
     */
    record Notified(
            String on,
            SafeText target,
            @Nullable String sha256,
            @Nullable SafeText problem) implements RunEvent {
        @Override
        public EventType type() {
            return EventType.NOTIFIED;
        }
    }

    /** A process that outlived the attempt that it began in; {@code command}: its words. */
    record LeakedProcess(String step, int attempt, long pid, SafeText command) {}

    /**
     * Something a reader should know.
     *
     * @param place the address that it is about, if any
     * @param leaked what it warns of, where that is a process; its {@code place} is null
     */
    record Warning(
            SafeText message,
            @Nullable String place,
            @Nullable LeakedProcess leaked) implements RunEvent {
        /** Of no process. */
        public Warning(SafeText message, @Nullable String place) {
            this(message, place, null);
        }

        @Override
        public EventType type() {
            return EventType.WARNING;
        }
    }

    /** A record of a type that this version does not make: verified, shown, and without effect on the run's state. */
    record Unrecognised(String wireType, JsonValue data) implements RunEvent {
        @Override
        public @Nullable EventType type() {
            return EventType.of(wireType);
        }
    }
}
