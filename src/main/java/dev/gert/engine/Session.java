package dev.gert.engine;

/** What only the process that works on a run knows: nothing of it outlives the session. */
public interface Session {
    /** Whether something that was asked for is under way at that address. */
    boolean busy(String address);

    /** Whether the wait before that attempt is over. */
    boolean waited(String address, int attempt);

    /** Nothing is under way, and nothing was waited for. */
    static Session idle() {
        return new Session() {
            @Override
            public boolean busy(String address) {
                return false;
            }

            @Override
            public boolean waited(String address, int attempt) {
                return false;
            }
        };
    }
}
