package dev.gert.expr;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a text begins with, ends with and contains, or does not; of a number, the text that it prints. */
final class Needles {
    private record Needle(Comparison comparison, String text, boolean wanted, int origin) {
        /** Whether a text for which this holds can't be one for which the other holds. */
        boolean excludes(Needle other) {
            if (!wanted) {
                return text.isEmpty() || (other.wanted && other.excludes(this));
            }
            if (!other.wanted) {
                return implies(other);
            }
            return comparison == other.comparison && apart(other.text);
        }

        private boolean implies(Needle other) {
            return switch (other.comparison) {
                case STARTS_WITH -> comparison == Comparison.STARTS_WITH && text.startsWith(other.text);
                case ENDS_WITH -> comparison == Comparison.ENDS_WITH && text.endsWith(other.text);
                default -> text.contains(other.text);
            };
        }

        private boolean apart(String other) {
            return switch (comparison) {
                case STARTS_WITH -> !text.startsWith(other) && !other.startsWith(text);
                case ENDS_WITH -> !text.endsWith(other) && !other.endsWith(text);
                default -> false;
            };
        }

        private boolean inNumbers() {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+') {
                    return !wanted;
                }
            }
            return true;
        }
    }

    private final @Nullable Needles parent;
    private final Budget budget;
    private final List<Needle> needles = new ArrayList<>();
    private @Nullable BitSet contradiction;
    private @Nullable BitSet noNumber;

    Needles(Budget budget) {
        this.parent = null;
        this.budget = budget;
    }

    Needles(Needles parent) {
        this.parent = parent;
        this.budget = parent.budget;
        this.contradiction = parent.contradiction;
        this.noNumber = parent.noNumber;
    }

    void add(Comparison comparison, String text, boolean wanted, int origin) {
        Needle needle = new Needle(comparison, text, wanted, origin);
        if (needle.excludes(needle)) {
            contradiction = origins(origin, -1);
        }
        for (Needles each = this; each != null && contradiction == null; each = each.parent) {
            for (Needle before : each.needles) {
                if (!budget.spend(1)) {
                    return;
                }
                if (needle.excludes(before) || before.excludes(needle)) {
                    contradiction = origins(origin, before.origin());
                    break;
                }
            }
        }
        if (!needle.inNumbers()) {
            noNumber = origins(origin, -1);
        }
        needles.add(needle);
    }

    private static BitSet origins(int first, int second) {
        BitSet origins = new BitSet();
        Range.add(first, origins);
        Range.add(second, origins);
        return origins;
    }

    /** Whether they may all hold of one text. */
    boolean possible(BitSet core) {
        return none(contradiction, core);
    }

    /** Whether they may all hold of a text that spells a number. */
    boolean possibleOfNumber(BitSet core) {
        return none(contradiction, core) && none(noNumber, core);
    }

    private static boolean none(@Nullable BitSet origins, BitSet core) {
        if (origins != null) {
            core.or(origins);
        }
        return origins == null;
    }
}
