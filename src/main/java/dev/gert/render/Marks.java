package dev.gert.render;

/** The signs in front of lines: what they say is never said by colour alone. */
final class Marks {
    private static final String RESET = "\u001b[0m";
    private static final String RED = "\u001b[1;31m";
    private static final String GREEN = "\u001b[32m";

    private final boolean colour;
    private final boolean unicode;

    Marks(boolean colour, boolean unicode) {
        this.colour = colour;
        this.unicode = unicode;
    }

    String good() {
        return painted(GREEN, unicode ? "\u2713" : "+");
    }

    String bad() {
        return painted(RED, unicode ? "\u2717" : "x");
    }

    String none() {
        return "-";
    }

    private String painted(String tone, String mark) {
        return colour ? tone + mark + RESET : mark;
    }
}
