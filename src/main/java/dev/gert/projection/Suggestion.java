package dev.gert.projection;

import java.util.List;

/**
 * What is suggested for a site that nothing covers ({@code gert coverage --suggest}).
 *
 * @param name that of the scenario and of the test; of an earlier suggestion where that one reaches this site too; empty where there is none
 * @param files those of the scenario; empty where there is none
 * @param test an item of the list in a test file; empty where there is none
 * @param why why there is no scenario, no test, or neither
 * @param obstacles what stood in the way where there is neither
 */
public record Suggestion(
        CoverageSite site,
        Status status,
        String name,
        List<SuggestedFile> files,
        String test,
        String why,
        List<Obstacle> obstacles) {
    /** What came of it. */
    public enum Status {
        /** It was run and reaches the site. */
        FOUND,
        /** An earlier suggestion reaches the site. */
        SHARED,
        /** No run comes there. */
        UNREACHABLE,
        /** Nothing was found that comes there. */
        UNSOLVED
    }

    public Suggestion {
        files = List.copyOf(files);
        obstacles = List.copyOf(obstacles);
    }
}
