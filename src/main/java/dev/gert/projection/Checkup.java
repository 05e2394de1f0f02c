package dev.gert.projection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code gert doctor} found, in the order in which it was asked. */
public final class Checkup {
    private final List<Item> items = new ArrayList<>();

    /** How much a finding matters: with an {@code ERROR} runs fail. */
    public enum Level {
        OK("ok"),
        WARNING("warning"),
        ERROR("error");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * One thing that was looked at.
     *
     * @param subject what it is, in a word or two
     * @param said what there is
     * @param help what to do; null where nothing has to be done
     */
    public record Item(
            Level level,
            String subject,
            String said,
            @Nullable String help) {}

    public void ok(String subject, String said) {
        items.add(new Item(Level.OK, subject, said, null));
    }

    public void warning(String subject, String said, String help) {
        items.add(new Item(Level.WARNING, subject, said, help));
    }

    public void error(String subject, String said, String help) {
        items.add(new Item(Level.ERROR, subject, said, help));
    }

    public List<Item> items() {
        return items;
    }

    public int count(Level level) {
        int count = 0;
        for (Item item : items) {
            count += item.level() == level ? 1 : 0;
        }
        return count;
    }
}
