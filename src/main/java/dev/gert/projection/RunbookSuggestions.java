package dev.gert.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is suggested for one runbook, in the order of its sites.
 *
 * @param file the runbook's, as from the current folder
 * @param tests a test file with all the tests, null where there are none
 */
public record RunbookSuggestions(
        String file, List<Suggestion> suggestions, @Nullable SuggestedFile tests) {
    public RunbookSuggestions {
        suggestions = List.copyOf(suggestions);
    }
}
