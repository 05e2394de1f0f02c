package dev.gert.blackbox;

import dev.gert.cli.Main;
import java.util.concurrent.locks.LockSupport;

/** gert with a thread beside it that calls {@code Runtime.halt} when a debugger sets {@link #now}. */
final class HaltMain {
    @SuppressWarnings("NonFinalStaticField") // a debugger writes it
    static volatile boolean now;

    private HaltMain() {}

    public static void main(String[] args) {
        Thread halts = new Thread(() -> {
            while (!now) {
                LockSupport.parkNanos(20_000);
            }
            Runtime.getRuntime().halt(137);
        });
        halts.setDaemon(true);
        halts.start();
        Main.main(args);
    }
}
