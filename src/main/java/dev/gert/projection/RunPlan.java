package dev.gert.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run may do and what policy says of it, before anything runs (cli.md, {@code gert plan}). All
 * texts are redacted.
 *
 * @param file as the user named it
 * @param about what the runbook says of itself
 * @param layers the files of the effective policy
 * @param known the values that are known, and where each came from
 * @param asked the inputs that a run would still need
 * @param ways how each outcome can be reached
 * @param lacking what of the runbook this version can't bring about, or null
 */
public record RunPlan(
        String name,
        String file,
        List<Fact> about,
        List<String> layers,
        List<Value> known,
        List<String> asked,
        List<Item> items,
        List<Way> ways,
        @Nullable String lacking) {
    public RunPlan {
        about = List.copyOf(about);
        layers = List.copyOf(layers);
        known = List.copyOf(known);
        asked = List.copyOf(asked);
        items = List.copyOf(items);
        ways = List.copyOf(ways);
    }

    /** A value that a run would begin with; a sensitive one is not told. */
    public record Value(String name, String value, String from) {}

    /**
     * Policy's word.
     *
     * @param word {@code allow}, {@code acknowledge}, {@code approve}, {@code deny} or {@code undetermined}
     * @param rule with its file and line
     * @param reason why it is denied, or what would decide it; else empty
     */
    public record Ruling(String word, String rule, String reason) {}

    /** What a run may need of a person. {@code kind}: approval, elevation, evidence, choice. */
    public record Need(String kind, String text, boolean unmet) {
        /** One that can be met, as far as can be told. */
        public Need(String kind, String text) {
            this(kind, text, false);
        }
    }

    /** A field that is told as it is. */
    public record Fact(String name, String text) {}

    /** A node of the tree. */
    public sealed interface Item {}

    /**
     * A step.
     *
     * @param command as far as it is known, templates as written; empty for a manual step
     * @param effect as policy believes it; null where nothing is run
     * @param ruling null where policy is not asked
     * @param facts what else the runbook says of it
     * @param precondition the command asked before it, with what policy says of that; or null
     */
    public record StepItem(
            String address,
            String id,
            String type,
            String title,
            String when,
            List<String> command,
            @Nullable String effect,
            List<Fact> facts,
            @Nullable Ruling ruling,
            @Nullable Precondition precondition,
            List<Need> needs,
            @Nullable Linked invoked,
            List<End> ends,
            List<Arm> arms,
            List<Item> last)
            implements Item {
        public StepItem {
            command = List.copyOf(command);
            facts = List.copyOf(facts);
            needs = List.copyOf(needs);
            ends = List.copyOf(ends);
            arms = List.copyOf(arms);
            last = List.copyOf(last);
        }
    }

    /** The command of a precondition. */
    public record Precondition(List<String> command, boolean skipIfSucceeds, Ruling ruling) {}

    /** An outcome that ends the run there. */
    public record EndItem(End end) implements Item {}

    /** What is repeated. {@code how}: until which condition, or over what. */
    public record LoopItem(String address, String how, List<Item> items) implements Item {
        public LoopItem {
            items = List.copyOf(items);
        }
    }

    /** What runs side by side. */
    public record ParallelItem(String address, List<Arm> sides) implements Item {
        public ParallelItem {
            sides = List.copyOf(sides);
        }
    }

    /** Nodes under a label; {@code condition} is empty for a branch of a {@code parallel}. */
    public record Arm(String label, String condition, List<Item> items) {
        public Arm {
            items = List.copyOf(items);
        }
    }

    /** An outcome. */
    public record End(
            String state,
            String label,
            String when,
            @Nullable Linked next) {}

    /** A runbook that this one leads to; without {@code plan}, {@code why} says why its plan is not here. */
    public record Linked(String reference, @Nullable RunPlan plan, String why) {}

    /**
     * How an outcome can be reached: the arms around it from the outermost, then its own condition.
     *
     * @param step its id; empty for {@code completed}, which is off the end
     */
    public record Way(String state, String label, String step, List<String> arms, String when) {
        public Way {
            arms = List.copyOf(arms);
        }
    }
}
