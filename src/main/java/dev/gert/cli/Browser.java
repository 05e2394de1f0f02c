package dev.gert.cli;

import dev.gert.engine.port.Programs;
import dev.gert.runtime.ByteSink;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.CommandPath;
import dev.gert.runtime.Launch;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows a page in the operator's browser, which lives on when gert ends. */
final class Browser {
    private static final long MILLIS = 10_000;
    private static final List<String> SEEN = List.of(
            "HOME",
            "USER",
            "LANG",
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "XAUTHORITY",
            "XDG_RUNTIME_DIR",
            "XDG_DATA_DIRS",
            "XDG_CONFIG_HOME",
            "XDG_CURRENT_DESKTOP",
            "DBUS_SESSION_BUS_ADDRESS",
            "BROWSER",
            "DESKTOP_SESSION");

    private Browser() {}

    /** {@code url}: one that gert made. That it can't be opened is a warning. */
    static void open(String url, Io io) {
        CommandPath path = CommandPath.ofOperator(io.env("PATH"));
        ProgramFinder programs = new ProgramFinder(path, io.cwd());
        for (String opener : List.of("xdg-open", "open")) {
            if (programs.find(opener) instanceof Programs.Found.Program found) {
                List<String> words = new ArrayList<>(List.of(found.path(), url));
                if (programs.find("setsid") instanceof Programs.Found.Program setsid) {
                    words.addAll(0, List.of(setsid.path(), "-f"));
                }
                start(words, path, io);
                return;
            }
        }
        io.warning("there is no `xdg-open` to open a browser with", "open " + url);
    }

    private static void start(List<String> words, CommandPath path, Io io) {
        try (Spawner spawner = new Spawner(new ChildEnvironment(SEEN, path.text(), name -> false))) {
            Launch launch = new Launch(words.get(0), words.subList(1, words.size()), "/", Map.of(), null, null, MILLIS);
            if (spawner.start(launch) instanceof Spawner.Start.Waiting waiting) {
                waiting.child().run(new Nowhere(), new Nowhere());
            } else {
                io.warning("the browser can't be opened", "open " + words.get(words.size() - 1));
            }
        }
    }

    private static final class Nowhere implements ByteSink {
        @Override
        public void write(byte[] chunk, int length) {}

        @Override
        public void finish() {}
    }
}
