package dev.gert.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a roster says, as a text to compare and to make a digest of. */
final class RosterText {
    private RosterText() {}

    static String of(List<Roster.Person> people) {
        List<String> texts = new ArrayList<>();
        for (Roster.Person person : people) {
            texts.add(of(person));
        }
        StringBuilder text = new StringBuilder("gert/roster/v1\n");
        append(text, texts);
        return text.toString();
    }

    private static String of(Roster.Person person) {
        // No name holds what would end its line.
        StringBuilder text = new StringBuilder("person ").append(person.name()).append('\n');
        List<String> lines = new ArrayList<>();
        for (String user : person.osUsers()) {
            lines.add("os_user " + user + "\n");
        }
        for (String role : person.roles()) {
            lines.add("role " + role + "\n");
        }
        for (Roster.Key key : person.keys()) {
            lines.add("key " + key.ssh().text() + " " + limit(key.validAfterMicros()) + " "
                    + limit(key.validBeforeMicros()) + "\n");
        }
        append(text, lines);
        return text.toString();
    }

    private static String limit(@Nullable Long micros) {
        return micros == null ? "-" : micros.toString();
    }

    private static void append(StringBuilder text, List<String> parts) {
        Collections.sort(parts);
        for (String part : parts) {
            text.append(part);
        }
    }
}
