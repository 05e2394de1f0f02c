package dev.gert.projection;

import java.math.BigDecimal;
import java.util.List;

/** How many sites there are and how many of them are covered; of none, all are. */
public record Tally(int total, int covered) {
    static Tally of(List<SiteCoverage> sites) {
        int covered = 0;
        for (SiteCoverage site : sites) {
            covered += site.covered() ? 1 : 0;
        }
        return new Tally(sites.size(), covered);
    }

    Tally plus(Tally other) {
        return new Tally(total + other.total, covered + other.covered);
    }

    /** Whole percent, floored. */
    public long percentage() {
        return total == 0 ? 100 : covered * 100L / total;
    }

    /** Compared exactly: 9,999 of 10,000 do not meet 100. */
    public boolean meets(BigDecimal percent) {
        BigDecimal wanted = percent.multiply(BigDecimal.valueOf(total));
        return total == 0 || BigDecimal.valueOf(covered * 100L).compareTo(wanted) >= 0;
    }

    /** Compared exactly, as percentages. */
    boolean isBelow(Tally other) {
        if (total == 0 || other.total == 0) {
            return covered < total;
        }
        return (long) covered * other.total < (long) other.covered * total;
    }
}
