package dev.gert.policy;

/** A layer's answer to a command, from the widest to the strictest; also the words of {@code default}. */
enum Standing {
    ALLOW("allow"),
    ACKNOWLEDGE("acknowledge"),
    DENY("deny");

    private final String word;

    Standing(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Standing of(String word) {
        for (Standing standing : values()) {
            if (standing.word.equals(word)) {
                return standing;
            }
        }
        throw new IllegalArgumentException(word);
    }
}
