package dev.gert.dispatch.replay;

import dev.gert.model.ScenarioRecording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recording whose argv is most like the one asked for, for the message. */
final class Nearest {
    /** Words beyond these are not compared: a message needs no more, and time stays bounded. */
    private static final int WORDS = 200;

    private Nearest() {}

    /** Null when nothing was recorded. Of equals the first. */
    static ScenarioRecording.@Nullable Command of(List<String> argv, List<ScenarioRecording.Command> recordings) {
        ScenarioRecording.Command nearest = null;
        long best = Long.MAX_VALUE;
        for (ScenarioRecording.Command recording : recordings) {
            long distance = distance(argv, recording.argv());
            if (distance < best) {
                best = distance;
                nearest = recording;
            }
        }
        return nearest;
    }

    /** Words to insert, delete or change; a changed word counts less the more of its beginning and end it keeps. */
    private static long distance(List<String> a, List<String> b) {
        int columns = Math.min(WORDS, b.size());
        int rows = Math.min(WORDS, a.size());
        long[] last = new long[columns + 1];
        for (int j = 0; j <= columns; j++) {
            last[j] = j * 100L;
        }
        for (int i = 1; i <= rows; i++) {
            long[] row = new long[columns + 1];
            row[0] = i * 100L;
            for (int j = 1; j <= columns; j++) {
                long change = last[j - 1] + difference(a.get(i - 1), b.get(j - 1));
                row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 100);
            }
            last = row;
        }
        return last[columns];
    }

    /** 0 for equal words, up to 100 for words with nothing in common. */
    private static long difference(String a, String b) {
        if (a.equals(b)) {
            return 0;
        }
        int shorter = Math.min(a.length(), b.length());
        int longer = Math.max(a.length(), b.length());
        int head = 0;
        while (head < shorter && a.charAt(head) == b.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
            tail++;
        }
        return 10 + 90L * (longer - head - tail) / longer;
    }
}
