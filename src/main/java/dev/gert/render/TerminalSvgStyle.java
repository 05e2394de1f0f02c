package dev.gert.render;

import org.jspecify.annotations.Nullable;

/**
 * How a run of characters looks.
 *
 * @param tone a colour as {@code #rrggbb}, null for the window's own
 */
record TerminalSvgStyle(
        boolean bold, boolean faint, @Nullable String tone) {
    static final TerminalSvgStyle PLAIN = new TerminalSvgStyle(false, false, null);

    /** In the order of the codes 30 to 37 and 90 to 97; each can be read on the window's dark ground. */
    private static final String[] TONES = {
        "#8b949e", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#e6edf3",
        "#8b949e", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#ffffff"
    };

    /** After a sequence {@code ESC [ … m}; {@code parameters} is what stands between. What gert does not write is passed over. */
    TerminalSvgStyle after(String parameters) {
        TerminalSvgStyle style = this;
        String[] codes = parameters.split(";", -1);
        for (int i = 0; i < codes.length; i++) {
            int code = number(codes[i]);
            if (code == 38 || code == 48) {
                // a colour of its own: its numbers are no codes
                i += i + 1 < codes.length && codes[i + 1].equals("2") ? 4 : 2;
            } else {
                style = style.after(code);
            }
        }
        return style;
    }

    private TerminalSvgStyle after(int code) {
        if (code >= 30 && code <= 37) {
            return new TerminalSvgStyle(bold, faint, TONES[code - 30]);
        } else if (code >= 90 && code <= 97) {
            return new TerminalSvgStyle(bold, faint, TONES[code - 82]);
        }
        return switch (code) {
            case 0 -> PLAIN;
            case 1 -> new TerminalSvgStyle(true, faint, tone);
            case 2 -> new TerminalSvgStyle(bold, true, tone);
            case 22 -> new TerminalSvgStyle(false, false, tone);
            case 39 -> new TerminalSvgStyle(bold, faint, null);
            default -> this;
        };
    }

    private static int number(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            number = Math.min(1000, number * 10 + text.charAt(i) - '0');
        }
        return number;
    }
}
