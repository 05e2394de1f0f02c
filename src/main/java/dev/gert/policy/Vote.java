package dev.gert.policy;

/**
 * A decision whose maker is known and checked (formats.md, section 3, "Approvals").
 *
 * @param person a name of the roster; without one, an OS user
 * @param own whether it is the requester
 * @param yes false: a no, which is final
 */
public record Vote(String person, boolean own, boolean yes, Method method) {
    /** How it was given. */
    public enum Method {
        /** By typing the step's id at the terminal that the run has. */
        ACKNOWLEDGE("acknowledge"),
        /** By an OS user: the owner of the decision's file. */
        LOCAL("local"),
        /** By the signature of a key of the roster. */
        SSH("ssh");

        private final String word;

        Method(String word) {
            this.word = word;
        }

        /** The wire word. */
        public String word() {
            return word;
        }
    }
}
