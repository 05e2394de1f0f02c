package dev.gert.render;

/** How characters look on a terminal: which are shown as {@code \\u{1b}}, and how many columns one takes. */
final class Glyphs {
    /** From, to: characters of two columns. */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x231a, 0x231b, 0x23e9, 0x23ec, 0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2653,
        0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728,
        0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x27b0, 0x27b0,
        0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e, 0x3041, 0x33ff, 0x3400, 0x4dbf,
        0x4e00, 0x9fff, 0xa000, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe30, 0xfe6f,
        0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18d08, 0x1b000, 0x1b2fb, 0x1f004, 0x1f004, 0x1f0cf, 0x1f0cf,
        0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f200, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e, 0x1f393,
        0x1f3a0, 0x1f3ca, 0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440, 0x1f440,
        0x1f442, 0x1f4fc, 0x1f4ff, 0x1f53d, 0x1f54b, 0x1f567, 0x1f57a, 0x1f57a, 0x1f595, 0x1f596, 0x1f5a4, 0x1f5a4,
        0x1f5fb, 0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2, 0x1f6d5, 0x1f6df, 0x1f6eb, 0x1f6ec,
        0x1f6f4, 0x1f6fc, 0x1f7e0, 0x1f7f0, 0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1f9ff, 0x1fa70, 0x1faff,
        0x20000, 0x2fffd, 0x30000, 0x3fffd
    };

    private Glyphs() {}

    /** Controls, text direction, what can't be seen or told from a space, halves of pairs, and what no font has. */
    static boolean isEscaped(int point) {
        if (point < 0x7f) {
            return point < ' ';
        }
        switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> {
                return true;
            }
            default -> {
                return isBlank(point);
            }
        }
    }

    /** Letters and marks that Unicode calls neither space nor format but that print nothing. */
    private static boolean isBlank(int point) {
        return switch (point) {
            case 0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0 -> true;
            default -> point >= 0x180b && point <= 0x180f;
        };
    }

    /** The columns of a character that is not escaped: 0 for marks, 2 for wide ones, else 1. */
    static int width(int point) {
        if (point < 0x300) {
            return 1;
        }
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        if (point < WIDE[0]) {
            return 1;
        }
        int low = 0;
        int high = WIDE.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (point > WIDE[2 * middle + 1]) {
                low = middle + 1;
            } else if (point < WIDE[2 * middle]) {
                high = middle - 1;
            } else {
                return 2;
            }
        }
        return 1;
    }
}
