package dev.gert.expr;

import dev.gert.json.JsonValue;
import dev.gert.json.JsonValue.Bool;
import dev.gert.json.JsonValue.ListValue;
import dev.gert.json.JsonValue.MapValue;
import dev.gert.json.JsonValue.Num;
import dev.gert.json.JsonValue.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is held of one term, and whether a value is left that fits all of it. Text that spells a
 * number and text that does not are looked at apart: they compare differently.
 */
final class Facts {
    private final Term term;
    private final Budget budget;
    private final @Nullable Facts parent;
    private final Ranges ranges;
    private final Needles needles;
    private @Nullable Map<String, Held> asked;
    private final Exclusions exclusions;
    private final List<Held> rest = new ArrayList<>(2);
    private @Nullable List<String> candidates;
    private BitSet candidatesOrigins = new BitSet();
    private boolean noStructure;
    private int structureOrigin = -1;
    private @Nullable BitSet contradiction;

    Facts(Term term, Budget budget) {
        this.term = term;
        this.budget = budget;
        this.parent = null;
        this.ranges = new Ranges();
        this.needles = new Needles(budget);
        this.exclusions = new Exclusions(null);
        if (term.node() instanceof Node.Call call && call.function() == Function.LEN) {
            ranges.notNegative();
        }
    }

    /** All that is held there, to which more is added here. */
    Facts(Facts parent) {
        this.term = parent.term;
        this.budget = parent.budget;
        this.parent = parent;
        this.ranges = new Ranges(parent.ranges);
        this.needles = new Needles(parent.needles);
        this.exclusions = new Exclusions(parent.exclusions);
        this.candidates = parent.candidates;
        this.candidatesOrigins = parent.candidatesOrigins;
        this.noStructure = parent.noStructure;
        this.structureOrigin = parent.structureOrigin;
        this.contradiction = parent.contradiction;
    }

    Term term() {
        return term;
    }

    void add(Held held) {
        Question question = held.question();
        if (question instanceof Question.Equal equal) {
            if (held.wanted()) {
                same(equal.other(), held);
            } else {
                other(equal.other(), held);
            }
        } else if (question instanceof Question.Below below) {
            ordered(below, held);
        } else if (question instanceof Question.Truthy) {
            truth(held);
        } else if (question instanceof Question.Asked wide) {
            wide(wide, held);
        }
    }

    private void same(JsonValue value, Held held) {
        int origin = held.origin();
        if (value instanceof Text || value instanceof Bool) {
            keep(List.of(String.valueOf(Values.text(value))), origin);
        } else if (value instanceof Num num) {
            ranges.spells(num.value(), origin);
        } else {
            ranges.noText(origin);
        }
        ranges.isNumber(Values.number(value), origin);
        if (!(value instanceof ListValue || value instanceof MapValue)) {
            refuseStructure(origin);
        }
        rest.add(held);
    }

    private void other(JsonValue value, Held held) {
        if (value instanceof Num num) {
            exclusions.number(num.value(), held.origin());
            return;
        }
        String text = Values.text(value);
        if (text == null) {
            rest.add(held);
            return;
        }
        exclusions.text(text, held.origin());
        BigDecimal spells = Values.number(value);
        if (spells != null) {
            exclusions.plainNumber(spells, held.origin());
        }
    }

    private void ordered(Question.Below below, Held held) {
        int origin = held.origin();
        String text = Values.text(below.other());
        if (text == null) {
            contradict(origin, -1);
            return;
        }
        BigDecimal bound = Values.number(below.other());
        ranges.limit(text, bound, below.orEqual(), held);
        refuseStructure(origin);
        if (bound == null || term.mayBe(Term.BOOLEAN | Term.NULL)) {
            rest.add(held);
        }
    }

    private void truth(Held held) {
        if (known("truth", held)) {
            return;
        }
        int origin = held.origin();
        if (held.wanted()) {
            exclusions.text("", origin);
            exclusions.text("false", origin);
            exclusions.text("0", origin);
            exclusions.plainNumber(BigDecimal.ZERO, origin);
        } else {
            keep(List.of("", "false", "0"), origin);
            ranges.isNumber(BigDecimal.ZERO, origin);
        }
        rest.add(held);
    }

    private void wide(Question.Asked question, Held held) {
        if (known(question.key(), held)) {
            return;
        }
        int origin = held.origin();
        if (question.refusesStructure()) {
            refuseStructure(origin);
        }
        if (question.needsOtherText()) {
            ranges.noText(origin);
            ranges.isNumber(null, origin);
        }
        Comparison searches = question.searches();
        String wanted = Values.text(question.other());
        if (searches != null && wanted != null) {
            needles.add(searches, wanted, held.wanted(), origin);
        }
        rest.add(held);
    }

    /** Whether the same was asked before; a contradiction where it was answered otherwise. */
    private boolean known(String key, Held held) {
        for (Facts each = this; each != null; each = each.parent) {
            Held before = each.asked == null ? null : each.asked.get(key);
            if (before != null) {
                if (before.wanted() != held.wanted()) {
                    contradict(before.origin(), held.origin());
                }
                return true;
            }
        }
        Map<String, Held> here = asked;
        if (here == null) {
            here = new HashMap<>();
            asked = here;
        }
        here.put(key, held);
        return false;
    }

    private void contradict(int first, int second) {
        BitSet origins = new BitSet();
        Range.add(first, origins);
        Range.add(second, origins);
        contradiction = origins;
    }

    private void refuseStructure(int origin) {
        if (!noStructure) {
            noStructure = true;
            structureOrigin = origin;
        }
    }

    /** Leaves no texts but these. */
    private void keep(List<String> texts, int origin) {
        List<String> before = candidates;
        List<String> kept = new ArrayList<>(texts);
        if (before != null) {
            kept.retainAll(before);
        }
        candidates = kept;
        BitSet origins = (BitSet) candidatesOrigins.clone();
        Range.add(origin, origins);
        candidatesOrigins = origins;
    }

    /** The only value that is left, as far as that is plain to see; null where it is not. */
    @Nullable
    JsonValue only() {
        List<String> texts = candidates;
        return term.kinds() == Term.TEXT && texts != null && texts.size() == 1 ? JsonValue.text(texts.get(0)) : null;
    }

    /** Adds the origins of what left {@link #only}. */
    void originsOfOnly(BitSet core) {
        core.or(candidatesOrigins);
    }

    /** Whether a value may be left; where none is, the origins of what leaves none are added to {@code core}. */
    boolean possible(BitSet core) {
        BitSet both = contradiction;
        if (both != null) {
            core.or(both);
            return false;
        }
        return (term.mayBe(Term.TEXT) && someText(core))
                || (term.mayBe(Term.NUMBER) && someNumber(core))
                || (term.mayBe(Term.BOOLEAN) && (fits(JsonValue.bool(true), core) || fits(JsonValue.bool(false), core)))
                || (term.mayBe(Term.NULL) && fits(Values.NULL, core))
                || (term.mayBe(Term.STRUCTURE) && someStructure(core));
    }

    private boolean someStructure(BitSet core) {
        if (noStructure) {
            Range.add(structureOrigin, core);
        }
        return !noStructure;
    }

    private boolean someText(BitSet core) {
        List<String> texts = candidates;
        if (texts == null) {
            return needles.possible(core)
                    && ((needles.possibleOfNumber(core) && ranges.someSpelled(exclusions, core)) || someWorded(core));
        }
        core.or(candidatesOrigins);
        for (String text : texts) {
            if (fits(JsonValue.text(text), core)) {
                return true;
            }
        }
        return false;
    }

    private boolean someWorded(BitSet core) {
        String only = ranges.onlyWorded();
        return ranges.someWorded(core) && (only == null || fits(JsonValue.text(only), core));
    }

    private boolean someNumber(BitSet core) {
        BigDecimal only = ranges.onlyNumber();
        return ranges.someNumber(core) && (only == null || fits(new Num(only), core)) && needles.possibleOfNumber(core);
    }

    /**
     * Whether all that is held holds of one value that is no list or map. Of a number nothing is told by
     * its text: 1 and 1.0 are one number and two texts.
     */
    boolean fits(JsonValue value, BitSet core) {
        if (!isLeft(value, core)) {
            return false;
        }
        for (Facts each = this; each != null; each = each.parent) {
            for (Held held : each.rest) {
                if (!budget.spend(1)) {
                    return true;
                }
                if (value instanceof Num && held.question().readsText()) {
                    continue;
                }
                Boolean answer = held.question().answer(value);
                if (answer == null || answer != held.wanted()) {
                    Range.add(held.origin(), core);
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isLeft(JsonValue value, BitSet core) {
        if (value instanceof Text text) {
            BigDecimal spells = Values.spelled(text.value());
            return !exclusions.hasText(text.value(), core)
                    && ranges.holds(text.value(), core)
                    && (spells == null || !exclusions.hasNumber(spells, core));
        }
        if (value instanceof Num num) {
            return !exclusions.hasNumber(num.value(), core)
                    && !exclusions.hasPlainNumber(num.value(), core)
                    && ranges.holds(num.value(), core);
        }
        return !(value instanceof Bool bool) || !exclusions.hasText(String.valueOf(bool.value()), core);
    }
}
