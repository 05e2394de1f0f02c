package dev.gert.terminal;

/** What can be done with a terminal beyond reading and writing. */
public interface TerminalControl {
    /** A terminal that can't be controlled, or none. */
    TerminalControl NONE = new TerminalControl() {
        @Override
        public void discardTyped() {}

        @Override
        public boolean hideTyping() {
            return false;
        }

        @Override
        public void showTyping() {}

        @Override
        public int columns() {
            return 0;
        }
    };

    /** That of the terminal there is, if there is one. */
    static TerminalControl of(TerminalFacts facts) {
        String device = facts.device();
        return device == null ? NONE : new Stty(device);
    }

    /** Throws away what was typed and not read yet, also on a line that was not ended. */
    void discardTyped();

    /** Stops showing what is typed; false where that can't be done. */
    boolean hideTyping();

    /** Undoes {@link #hideTyping}. */
    void showTyping();

    /** The width of the terminal, 0 when unknown. */
    int columns();
}
