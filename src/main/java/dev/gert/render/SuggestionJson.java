package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.Obstacle;
import dev.gert.projection.RunbookSuggestions;
import dev.gert.projection.SuggestedFile;
import dev.gert.projection.Suggestion;
import dev.gert.source.Span;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Suggestions as a member of the document of {@code gert coverage --format json}. */
public final class SuggestionJson {
    private final JsonWriter json;

    private SuggestionJson(JsonWriter json) {
        this.json = json;
    }

    /** Writes the member {@code suggestions}: a list with an object for each runbook. */
    public static void write(List<RunbookSuggestions> all, JsonWriter json) {
        json.name("suggestions").array();
        for (RunbookSuggestions runbook : all) {
            new SuggestionJson(json).runbook(runbook);
        }
        json.end();
    }

    private void runbook(RunbookSuggestions runbook) {
        json.object();
        json.name("file").value(runbook.file());
        json.name("sites").array();
        for (Suggestion suggestion : runbook.suggestions()) {
            suggestion(suggestion);
        }
        json.end();
        json.name("tests");
        file(runbook.tests());
        json.end();
    }

    private void suggestion(Suggestion suggestion) {
        json.object();
        json.name("type").value(suggestion.site().type());
        json.name("label").value(suggestion.site().label());
        json.name("path").value(suggestion.site().path());
        json.name("status").value(suggestion.status().name().toLowerCase(Locale.ROOT));
        json.name("name").value(suggestion.name().isEmpty() ? null : suggestion.name());
        json.name("files").array();
        suggestion.files().forEach(this::file);
        json.end();
        json.name("test").value(suggestion.test().isEmpty() ? null : suggestion.test());
        json.name("why").value(suggestion.why().isEmpty() ? null : suggestion.why());
        json.name("obstacles").array();
        for (Obstacle obstacle : suggestion.obstacles()) {
            Span place = obstacle.place();
            json.object();
            json.name("message").value(obstacle.message());
            json.name("place").value(place == null ? null : place.place());
            json.end();
        }
        json.end();
        json.end();
    }

    private void file(@Nullable SuggestedFile file) {
        if (file == null) {
            json.value((String) null);
            return;
        }
        json.object();
        json.name("path").value(file.path());
        json.name("text").value(file.text());
        json.end();
    }
}
