package dev.gert.model;

import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One test of branch logic: values in place of inputs and captures, and what must come of them. */
public record UnitTest(YamlNode.Scalar name, List<Var> vars, Expect expect) {
    public UnitTest {
        vars = List.copyOf(vars);
    }

    /** An entry of {@code vars}; {@code values} has one, or those of successive captures. */
    public record Var(YamlNode.Scalar name, List<String> values, Span valueSpan) {
        public Var {
            values = List.copyOf(values);
        }
    }

    /** What must hold; an empty list or null: nothing is said of it. */
    public record Expect(
            List<YamlNode.Scalar> branchTaken,
            List<YamlNode.Scalar> branchesNotTaken,
            List<YamlNode.Scalar> stepsReached,
            List<YamlNode.Scalar> stepsNotReached,
            YamlNode.@Nullable Scalar outcome,
            YamlNode.@Nullable Scalar outcomeNot,
            YamlNode.@Nullable Scalar recommendationContains,
            YamlNode.@Nullable Scalar nextRunbook,
            YamlNode.@Nullable Scalar blocked,
            YamlNode.@Nullable Scalar error) {
        public Expect {
            branchTaken = List.copyOf(branchTaken);
            branchesNotTaken = List.copyOf(branchesNotTaken);
            stepsReached = List.copyOf(stepsReached);
            stepsNotReached = List.copyOf(stepsNotReached);
        }

        /** Whether it says anything at all. */
        public boolean asserts() {
            boolean lists = branchTaken.isEmpty()
                    && branchesNotTaken.isEmpty()
                    && stepsReached.isEmpty()
                    && stepsNotReached.isEmpty();
            boolean one = outcome == null && outcomeNot == null && recommendationContains == null;
            return !(lists && one && nextRunbook == null && blocked == null && error == null);
        }
    }
}
