package dev.gert.projection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Coverage against that of before: {@code gert coverage --baseline}.
 *
 * @param baseline the file of before as the user named it
 * @param runbooks those of now in the report's order, then those that are gone
 */
public record CoverageComparison(String baseline, List<Runbook> runbooks, Change branches, Change outcomes) {
    public CoverageComparison {
        runbooks = List.copyOf(runbooks);
    }

    /** What became of a site. */
    public enum Kind {
        COVERED("covered"),
        UNCOVERED("uncovered"),
        NEW("new"),
        GONE("gone");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** A site that is not what it was; {@code coveredBy}: now. */
    public record Moved(Kind kind, CoverageSite site, List<String> coveredBy) {
        public Moved {
            coveredBy = List.copyOf(coveredBy);
        }
    }

    /** Figures of before and now; null where there was, or is, no such runbook. */
    public record Change(@Nullable Tally before, @Nullable Tally after, List<Moved> sites) {
        public Change {
            sites = List.copyOf(sites);
        }

        /** Compared exactly, as percentages: 66.6 is less than 66.7. */
        public boolean fell() {
            return before != null && after != null && after.isBelow(before);
        }

        boolean isSame() {
            return sites.isEmpty() && before != null && before.equals(after);
        }
    }

    /** One runbook; {@code file} as the user named it. */
    public record Runbook(String runbook, String file, Change branches, Change outcomes) {
        public boolean isNew() {
            return branches.before() == null;
        }

        public boolean isGone() {
            return branches.after() == null;
        }

        public boolean isSame() {
            return branches.isSame() && outcomes.isSame();
        }
    }

    /**
     * A runbook is found again by its file, else by its name where that is the only one; a site by its
     * label and path, else by its label alone, which outlives the nodes before it.
     */
    public static CoverageComparison of(CoverageBaseline before, List<RunbookCoverage> now) {
        List<Runbook> runbooks = new ArrayList<>();
        Set<CoverageBaseline.Runbook> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (RunbookCoverage each : now) {
            CoverageBaseline.Runbook old = find(before, now, each);
            if (old != null) {
                found.add(old);
            }
            runbooks.add(new Runbook(
                    each.runbook(),
                    each.file(),
                    change(old == null ? null : old.branches(), each.branches(), each.branchTally()),
                    change(old == null ? null : old.outcomes(), each.outcomes(), each.outcomeTally())));
        }
        Tally branches = new Tally(0, 0);
        Tally outcomes = new Tally(0, 0);
        for (CoverageBaseline.Runbook old : before.runbooks()) {
            branches = branches.plus(CoverageBaseline.tally(old.branches()));
            outcomes = outcomes.plus(CoverageBaseline.tally(old.outcomes()));
            if (!found.contains(old)) {
                runbooks.add(new Runbook(old.runbook(), old.file(), gone(old.branches()), gone(old.outcomes())));
            }
        }
        CoverageReport sums = new CoverageReport(now, List.of(), 0);
        return new CoverageComparison(
                before.file(),
                runbooks,
                new Change(branches, sums.branchTotal(), List.of()),
                new Change(outcomes, sums.outcomeTotal(), List.of()));
    }

    private static CoverageBaseline.@Nullable Runbook find(
            CoverageBaseline before, List<RunbookCoverage> now, RunbookCoverage each) {
        CoverageBaseline.Runbook named = null;
        int names = 0;
        for (CoverageBaseline.Runbook old : before.runbooks()) {
            if (old.file().equals(each.file())) {
                return old;
            }
            if (old.runbook().equals(each.runbook())) {
                named = old;
                names++;
            }
        }
        int sharing = -1;
        for (RunbookCoverage other : now) {
            names += named != null && other.file().equals(named.file()) ? 1 : 0;
            sharing += other.runbook().equals(each.runbook()) ? 1 : 0;
        }
        return names == 1 && sharing == 0 ? named : null;
    }

    private static Change gone(List<CoverageBaseline.Site> sites) {
        return new Change(CoverageBaseline.tally(sites), null, List.of());
    }

    private static Change change(@Nullable List<CoverageBaseline.Site> before, List<SiteCoverage> now, Tally after) {
        if (before == null) {
            return new Change(null, after, List.of());
        }
        List<CoverageBaseline.Site> left = new ArrayList<>(before);
        CoverageBaseline.@Nullable Site[] old = new CoverageBaseline.Site[now.size()];
        for (int i = 0; i < old.length; i++) {
            old[i] = take(left, now.get(i).site(), true);
        }
        List<Moved> moved = new ArrayList<>();
        for (int i = 0; i < old.length; i++) {
            SiteCoverage site = now.get(i);
            CoverageBaseline.Site was = old[i] == null ? take(left, site.site(), false) : old[i];
            if (was == null) {
                moved.add(new Moved(Kind.NEW, site.site(), site.coveredBy()));
            } else if (was.covered() != site.covered()) {
                moved.add(new Moved(site.covered() ? Kind.COVERED : Kind.UNCOVERED, site.site(), site.coveredBy()));
            }
        }
        for (CoverageBaseline.Site was : left) {
            moved.add(new Moved(Kind.GONE, was.site(), List.of()));
        }
        return new Change(CoverageBaseline.tally(before), after, moved);
    }

    private static CoverageBaseline.@Nullable Site take(
            List<CoverageBaseline.Site> left, CoverageSite site, boolean samePath) {
        for (int i = 0; i < left.size(); i++) {
            CoverageSite old = left.get(i).site();
            if (old.label().equals(site.label())
                    && old.type().equals(site.type())
                    && (!samePath || old.path().equals(site.path()))) {
                return left.remove(i);
            }
        }
        return null;
    }
}
