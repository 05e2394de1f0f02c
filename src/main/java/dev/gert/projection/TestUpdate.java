package dev.gert.projection;

import java.util.List;

/**
 * A file that {@code gert test --update} rewrote.
 *
 * @param difference lines that begin with {@code -}, {@code +} or a blank; empty when nothing was written
 * @param left what does not hold and was left as it is, each with why
 */
public record TestUpdate(String file, List<String> difference, List<String> left) {
    public TestUpdate {
        difference = List.copyOf(difference);
        left = List.copyOf(left);
    }
}
