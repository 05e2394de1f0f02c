package dev.gert.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.terminal.TerminalFacts;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code spellings.yaml}: ways to have a denied command run, each as a run of its own through all of gert but the JVM's
 * start. That none ran is the word of the programs, which write down that they did (threats.md, "Matching").
 */
class DeniedSpellingsTest {
    private static final Path FILE = Path.of("src/test/cases/denied/spellings.yaml");
    private static final int LEAST = 250;
    private static final int LEAST_CONTROLS = 60;
    private static final Set<String> KEYS =
            Set.of("run", "with", "step", "runbook", "files", "tools", "control", "hidden", "harmless");

    @TempDir
    Path temp;

    private record Row(YamlNode.Mapping node) {
        @Nullable
        String text(String key) {
            return node.get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : null;
        }

        boolean says(String key, String value) {
            return value.equals(text(key));
        }

        String place() {
            return node.span().place();
        }

        List<String> argv() {
            List<String> argv = new ArrayList<>();
            if (node.get("run") instanceof YamlNode.Sequence run) {
                for (YamlNode word : run.items()) {
                    argv.add(((YamlNode.Scalar) word).text());
                }
            }
            return argv;
        }

        String runbook(Path folder) {
            String head = "apiVersion: runbook/v0\n" + (text("tools") == null ? "" : "tools: [" + text("tools") + "]\n")
                    + "meta: {name: x}\nsteps:\n";
            String steps = text("runbook");
            if (steps == null) {
                StringBuilder words = new StringBuilder();
                for (String word : argv()) {
                    words.append(words.length() == 0 ? "" : ", ").append(quoted(word));
                }
                String with = text("with") == null ? "" : ", " + text("with");
                steps = "- {id: a, type: cli, title: A, timeout: 20s, with: {argv: [" + words + "]" + with + "}}";
            }
            return head + "  " + steps.replace("\n", "\n  ").replace("@", folder.toString()) + "\n";
        }

        private static String quoted(String word) {
            StringBuilder text = new StringBuilder("\"");
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                    text.append(c);
                } else {
                    text.append(String.format("\\u%04x", (int) c));
                }
            }
            return text.append('"').toString();
        }
    }

    private static List<Row> rows() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(FILE.toString(), Files.readString(FILE)), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<Row> rows = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            YamlNode.Mapping map = (YamlNode.Mapping) item;
            for (YamlNode.Entry entry : map.entries()) {
                assertThat(KEYS).as(map.span().place()).contains(entry.key().text());
            }
            rows.add(new Row(map));
        }
        assertThat(rows).hasSizeGreaterThanOrEqualTo(LEAST);
        return rows;
    }

    /** Where nothing is denied they do run: else the other tests would show nothing. */
    @Test
    @Tag("full")
    void withoutARuleTheyRun() throws IOException {
        Path folder = project("open", "opaque_commands: allow\n");
        int ran = 0;
        List<String> not = new ArrayList<>();
        for (Row row : rows()) {
            if (row.says("control", "no") || !installed(row, folder)) {
                continue;
            }
            String said = gert(row, folder);
            if (log(folder).isEmpty()) {
                not.add(row.place() + " " + row.argv() + "\n" + said);
            } else {
                ran++;
            }
            Files.deleteIfExists(folder.resolve("ran.log"));
        }
        assertThat(not).as("did not run").isEmpty();
        assertThat(ran).isGreaterThanOrEqualTo(LEAST_CONTROLS);
    }

    @Test
    void noneRunsWhereItIsDenied() throws IOException {
        noneRuns(project("denied", "deny_commands: [danger]\n"), true);
    }

    /** The names in a command's words are seen wherever they stand. */
    @Test
    @Tag("full")
    void noneThatShowsItsNameRunsWhereOpaqueCommandsMay() throws IOException {
        noneRuns(project("shown", "deny_commands: [danger]\nopaque_commands: allow\n"), false);
    }

    @Test
    @Tag("full")
    void noneRunsWhereEveryOtherProgramIsAllowed() throws IOException {
        Path folder = project("listed", "");
        Set<String> names = new TreeSet<>(Set.of("harmless", "echo"));
        for (Row row : rows()) {
            String first = row.argv().isEmpty() ? "" : row.argv().get(0);
            if (Files.exists(Path.of("/usr/bin", first)) && first.matches("[a-z0-9.-]+")) {
                names.add(first);
            }
        }
        Files.writeString(
                folder.resolve("governance.yaml"),
                "apiVersion: governance/v0\ndefault: deny\nallow_commands: ['" + String.join("', '", names) + "']\n");
        noneRuns(folder, true);
    }

    @Test
    @Tag("full")
    void noneRunsByTheBuiltInFloorWithoutAPerson() throws IOException {
        Path folder = project("floor", "");
        Files.delete(folder.resolve("governance.yaml"));
        noneRuns(folder, true);
    }

    private static void noneRuns(Path folder, boolean hidden) throws IOException {
        for (Row row : rows()) {
            if (!hidden && row.says("hidden", "yes")) {
                continue;
            }
            String said = gert(row, folder);
            assertThat(log(folder))
                    .as("%s %s: %s", row.place(), row.argv(), said)
                    .isEmpty();
            boolean harmless = !hidden || row.says("harmless", "yes");
            assertThat(harmless || !said.startsWith("exit 0"))
                    .as("%s %s: %s", row.place(), row.argv(), said)
                    .isTrue();
        }
    }

    private static boolean installed(Row row, Path folder) {
        if (row.argv().isEmpty()) {
            return true;
        }
        String first = row.argv().get(0);
        return first.contains("/")
                || Files.exists(folder.resolve("bin").resolve(first))
                || Files.exists(Path.of("/usr/bin", first))
                || Files.exists(Path.of("/bin", first));
    }

    private static String gert(Row row, Path folder) throws IOException {
        Files.writeString(folder.resolve("x.runbook.yaml"), row.runbook(folder));
        if (row.node().get("files") instanceof YamlNode.Mapping files) {
            for (YamlNode.Entry file : files.entries()) {
                Path path = folder.resolve(file.key().text());
                Files.createDirectories(path.getParent());
                Files.writeString(path, ((YamlNode.Scalar) file.value()).text());
            }
        }
        Map<String, String> env = Map.of(
                "LANG",
                "C.UTF-8",
                "LC_ALL",
                "C.UTF-8",
                "PATH",
                folder.resolve("bin") + ":/usr/bin:/bin:/usr/sbin:/sbin",
                "HOME",
                folder.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]), out, out, env, folder, TerminalFacts.of(null, null, null, env));
        int exit = Cli.run(new String[] {"run", "x.runbook.yaml"}, io);
        return "exit " + exit + "\n" + out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> log(Path folder) throws IOException {
        Path log = folder.resolve("ran.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private Path project(String name, String policy) throws IOException {
        Path folder = Files.createDirectories(temp.resolve(name)).toRealPath();
        Files.createDirectories(folder.resolve(".git"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\n" + policy);
        Files.writeString(folder.resolve("f"), "x\n");
        Path danger = program(bin.resolve("danger"), "#!/bin/sh\necho \"danger $*\" >> '" + folder + "/ran.log'\n");
        for (String copy : List.of(
                "DANGER",
                "Danger",
                "danger.exe",
                "DANGER.EXE",
                "danger.cmd",
                "danger.bat",
                "danger.ps1",
                "danger.exe.exe",
                "danger.",
                "danger ",
                " danger")) {
            program(bin.resolve(copy), Files.readString(danger));
        }
        Files.createDirectories(out.resolve("folder"));
        program(out.resolve("folder/danger"), Files.readString(danger));
        Files.createSymbolicLink(out.resolve("folder/plain-looking"), danger);
        Files.createSymbolicLink(bin.resolve("plain-looking"), danger);
        Files.createSymbolicLink(bin.resolve("twice"), bin.resolve("plain-looking"));
        Files.createSymbolicLink(out.resolve("way"), Path.of("../bin/danger"));
        program(bin.resolve("by-script"), "#!" + danger + "\n");
        program(bin.resolve("by-env"), "#!/usr/bin/env danger\n");
        program(bin.resolve("harmless"), "#!/bin/sh\nexit 0\n");
        return folder;
    }

    private static Path program(Path path, String text) throws IOException {
        Files.writeString(path, text);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
