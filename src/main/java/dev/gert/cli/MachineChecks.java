package dev.gert.cli;

import dev.gert.engine.port.Programs;
import dev.gert.model.ProjectFile;
import dev.gert.projection.Checkup;
import dev.gert.runtime.CommandPath;
import dev.gert.runtime.ProgramFinder;
import dev.gert.scenario.Project;
import dev.gert.yaml.YamlNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine: Java, the system, programs, where they are looked for. */
final class MachineChecks {
    private static final List<String> LANGUAGE = List.of("LC_ALL", "LC_CTYPE", "LANG");

    private final Checkup checkup;
    private final Io io;
    private final Project project;

    MachineChecks(Checkup checkup, Io io, Project project) {
        this.checkup = checkup;
        this.io = io;
        this.project = project;
    }

    void add() {
        String jar = JarDigest.begin().hex();
        checkup.ok("gert", Version.current() + (jar == null ? ", not from a JAR" : ", sha256:" + jar));
        checkup.ok(
                "java",
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor") + ", in "
                        + System.getProperty("java.home"));
        system();
        locale();
        commandPath();
        programs();
    }

    private void system() {
        String name = System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch");
        if (!"Linux".equals(System.getProperty("os.name"))) {
            checkup.warning(
                    "system",
                    name + ": `gert run` can't promise here that it ends all that a command began",
                    "use Linux for `gert run`; the other commands work here");
        } else if (!Files.isReadable(Path.of("/proc/self/stat"))) {
            checkup.error("system", name + ", and /proc can't be read", "mount /proc: processes are followed by it");
        } else {
            checkup.ok("system", name + ": supported, /proc can be read");
        }
    }

    private void locale() {
        StringBuilder set = new StringBuilder();
        for (String name : LANGUAGE) {
            String value = io.env(name);
            set.append(value == null ? "" : ", " + name + "=" + value);
        }
        String encoding = System.getProperty("sun.jnu.encoding");
        if ("UTF-8".equals(encoding)) {
            checkup.ok("locale", "arguments and names of files are UTF-8" + set);
        } else {
            checkup.warning(
                    "locale",
                    "arguments are read as " + encoding + set + ": others than ASCII are refused",
                    "start gert by its launcher, or set LC_ALL=C.UTF-8");
        }
    }

    private void commandPath() {
        ProjectFile file = project.file();
        String source = file == null || file.commandPath() == null ? "PATH" : "command_path of gert.yaml";
        List<String> named = named();
        CommandPath path = CommandPath.of(named);
        if (path.folders().isEmpty()) {
            checkup.error("command path", source + " names no folder that can be used", "set PATH, or command_path");
        } else {
            checkup.ok("command path", path.text() + ", from " + source);
        }
        for (String folder : named) {
            if (!path.folders().contains(folder)) {
                checkup.warning(
                        "command path",
                        "`" + folder + "` is left out: " + why(folder),
                        "take it out of " + source + ", or make it a folder that only its owner writes to");
            }
        }
    }

    private List<String> named() {
        ProjectFile file = project.file();
        if (file == null || file.commandPath() == null) {
            String path = io.env("PATH");
            return path == null ? List.of() : List.of(path.split(":", -1));
        }
        List<String> named = new ArrayList<>();
        for (YamlNode.Scalar each : file.commandPath()) {
            named.add(each.text());
        }
        return named;
    }

    private static String why(String folder) {
        if (!folder.startsWith("/")) {
            return "it is not absolute";
        }
        try {
            return Files.isDirectory(Path.of(folder)) ? "everybody can write to it" : "there is no such folder";
        } catch (InvalidPathException e) {
            return "it can't be a path";
        }
    }

    private void programs() {
        at("sh", "no command can be started without it", "/bin/sh");
        at("setsid", "install util-linux: commands get a session of their own by it", "/usr/bin/setsid", "/bin/setsid");
        program("ssh-keygen", Checkup.Level.WARNING, "install openssh-client: `--sign` makes signatures by it");
        program("git", Checkup.Level.WARNING, "install git: `--policy-from-ref` and `coverage --baseline` read by it");
        ProjectFile file = project.file();
        if (file != null) {
            for (ProjectFile.Provider provider : file.providers()) {
                if (provider.binary() != null) {
                    program(
                            provider.binary().text(),
                            Checkup.Level.ERROR,
                            "the provider `" + provider.name().text() + "` of gert.yaml is that program");
                }
            }
            if (file.xtsProgram() != null) {
                program(file.xtsProgram().text(), Checkup.Level.ERROR, "xts steps need it; gert.yaml names it");
            }
        }
    }

    /** What gert itself starts is looked for where systems have it, not on the command path. */
    private void at(String name, String help, String... places) {
        for (String place : places) {
            if (Files.isExecutable(Path.of(place))) {
                checkup.ok(name, place);
                return;
            }
        }
        checkup.error(name, "there is no " + places[0], help);
    }

    private void program(String name, Checkup.Level level, String help) {
        CommandPath path = CommandPath.of(named());
        Programs.Found found = new ProgramFinder(path, project.root()).find(name);
        if (found instanceof Programs.Found.Program program) {
            checkup.ok(name, program.path());
        } else if (level == Checkup.Level.ERROR) {
            checkup.error(name, ((Programs.Found.Missing) found).reason(), help);
        } else {
            checkup.warning(name, ((Programs.Found.Missing) found).reason(), help);
        }
    }
}
