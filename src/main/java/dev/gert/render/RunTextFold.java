package dev.gert.render;

import java.util.ArrayList;
import java.util.List;

/** A beginning and pieces after it, on as many lines as the width needs; no piece is cut. */
final class RunTextFold {
    private static final int NARROWEST = 24;
    private static final int INDENT = 6;

    private final int width;
    private final int margin;
    private final List<String> lines = new ArrayList<>();
    private StringBuilder line;
    private int columns;
    private boolean fresh = true;

    /** {@code columns}: those of the beginning, under which the other lines begin unless that leaves too little room. */
    RunTextFold(int width, String beginning, int columns) {
        this(width, beginning, columns, width - columns < NARROWEST ? INDENT : columns);
    }

    RunTextFold(int width, String beginning, int columns, int margin) {
        this.width = width;
        this.margin = margin;
        this.line = new StringBuilder(beginning);
        this.columns = columns;
    }

    /** How much fits on a line after its margin. */
    int room() {
        return width - margin;
    }

    /** {@code separator}: what stands before the piece when something else does on its line. */
    RunTextFold piece(String separator, String safe) {
        return painted(separator, safe, RunLines.columns(safe));
    }

    /** A piece with escape sequences in it, which take no columns. */
    RunTextFold painted(String separator, String text, int wide) {
        int before = fresh ? 0 : separator.length();
        if (columns + before + wide > width && columns > margin) {
            lines.add(line.toString().stripTrailing());
            line = new StringBuilder();
            RunTextLook.pad(line, margin);
            columns = margin;
            before = 0;
        } else if (!fresh) {
            line.append(separator);
        }
        line.append(text);
        columns += before + wide;
        fresh = false;
        return this;
    }

    RunTextFold pieces(List<String> safe, String separator) {
        for (String each : safe) {
            piece(separator, each);
        }
        return this;
    }

    /** Text, folded between its words. */
    RunTextFold words(String safe) {
        return pieces(List.of(safe.split(" ", -1)), " ");
    }

    List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        all.add(line.toString().stripTrailing());
        return all;
    }
}
