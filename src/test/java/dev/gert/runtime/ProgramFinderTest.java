package dev.gert.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Programs.Found;
import dev.gert.model.Effect;
import dev.gert.policy.ResolvedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFinderTest {
    private static final String SCRIPT = "#!/bin/sh\necho one\n";

    @TempDir
    Path root;

    private Path first;
    private Path second;

    @BeforeEach
    void folders() throws IOException {
        root = root.toRealPath();
        first = Files.createDirectory(root.resolve("first"));
        second = Files.createDirectory(root.resolve("second"));
    }

    @Test
    void theOperatorsPathIsCleaned() throws IOException {
        Path open = Files.createDirectory(root.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path file = Files.createFile(root.resolve("file"));
        String path = String.join(
                ":", "", ".", "bin", first + "", root + "/none", open + "", file + "", second + "", first + "", "");
        assertThat(CommandPath.ofOperator(path).text()).isEqualTo(first + ":" + second);
        assertThat(CommandPath.ofOperator(null).folders()).isEmpty();
        assertThat(CommandPath.of(List.of("/usr/bin", "bin")).folders()).containsExactly("/usr/bin");
    }

    @Test
    void aNameIsFoundOnceOnTheCommandPath() throws Exception {
        script(second.resolve("tool"));
        assertThat(finder().find("tool")).isEqualTo(program(second.resolve("tool"), second.resolve("tool")));
        script(first.resolve("tool"));
        assertThat(finder().find("tool")).isEqualTo(program(first.resolve("tool"), first.resolve("tool")));
    }

    @Test
    void theFolderThatOneStandsInIsNotLookedIn() throws IOException {
        script(root.resolve("tool"));
        assertThat(finder().find("tool"))
                .isEqualTo(new Found.Missing("`tool` was not found in " + first + ":" + second));
    }

    @Test
    void aNameWithASlashIsTakenFromTheProjectRoot() throws Exception {
        script(root.resolve("tool"));
        Found.Program expected = program(root.resolve("tool"), root.resolve("tool"));
        assertThat(finder().find("./tool")).isEqualTo(expected);
        assertThat(finder().find("first/../tool")).isEqualTo(expected);
        assertThat(finder().find(root + "/tool")).isEqualTo(expected);
        assertThat(finder().find("first/tool")).isEqualTo(new Found.Missing("`" + first + "/tool` is not there"));
    }

    @Test
    void aScriptSaysWhatItIsStartedWith() throws Exception {
        Path shell = Path.of("/bin/sh").toRealPath();
        script(first.resolve("inner"), "#! \t/bin/sh  -e\t-u\necho\n");
        assertThat(interpreter("inner")).containsExactly("/bin/sh", "-e", "-u", shell.toString());
        script(first.resolve("outer"), "#!" + first + "/inner");
        assertThat(interpreter("outer"))
                .containsExactly(first + "/inner", first + "/inner", "/bin/sh", "-e", "-u", shell.toString());
        Files.createSymbolicLink(first.resolve("shell"), shell);
        assertThat(interpreter("shell")).isEmpty();
    }

    private List<String> interpreter(String name) {
        return ((Found.Program) finder().find(name)).interpreter();
    }

    @Test
    void linksAreFollowedAndRecorded() throws Exception {
        script(root.resolve("real-tool"));
        Files.createSymbolicLink(second.resolve("middle"), root.resolve("real-tool"));
        Files.createSymbolicLink(first.resolve("tool"), second.resolve("middle"));
        assertThat(finder().find("tool")).isEqualTo(program(first.resolve("tool"), root.resolve("real-tool")));
    }

    @Test
    void whatCanNotBeExecutedIsSaid() throws IOException {
        Files.writeString(first.resolve("plain"), SCRIPT);
        Files.createDirectory(first.resolve("folder"));
        Files.createSymbolicLink(first.resolve("dangling"), root.resolve("none"));
        assertThat(finder().find("plain"))
                .isEqualTo(new Found.Missing("`plain` was not found in " + first + ":" + second + "; `" + first
                        + "/plain` is not executable"));
        assertThat(finder().find("first/plain"))
                .isEqualTo(new Found.Missing("`" + first + "/plain` is not executable"));
        assertThat(finder().find("first/folder")).isEqualTo(new Found.Missing("`" + first + "/folder` is not a file"));
        assertThat(finder().find("first/")).isEqualTo(new Found.Missing("`" + first + "` is not a file"));
        assertThat(finder().find("folder")).isInstanceOf(Found.Missing.class);
        assertThat(finder().find("dangling")).isInstanceOf(Found.Missing.class);
        assertThat(finder().find("")).isEqualTo(new Found.Missing("a program has a name"));
        assertThat(finder().find(".")).isInstanceOf(Found.Missing.class);
        assertThat(finder().find("..")).isInstanceOf(Found.Missing.class);
    }

    @Test
    void aShellNeverHasToGuessWhatAFileIs() throws IOException {
        problem("touch touched\n", "is neither a program of this system nor a script that begins with `#!`");
        problem("", "is neither a program of this system nor a script that begins with `#!`");
        problem("#!none\n", "names no absolute path of an interpreter after `#!`");
        problem("#! /none -x\n", "is a script for `/none`, which is not a program here");
        byte[] elf = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, elf, 0, 7);
        elf[18] = 22; // S/390
        Path foreign = executable(Files.write(first.resolve("foreign"), elf));
        assertThat(finder().find("foreign"))
                .isEqualTo(new Found.Missing("`" + foreign + "` is a program for another kind of machine"));
        Path plain = executable(Files.writeString(first.resolve("plain"), "echo\n"));
        script(first.resolve("nested"), "#!" + plain + "\n");
        assertThat(finder().find("nested"))
                .isEqualTo(new Found.Missing(
                        "`" + plain + "` is neither a program of this system nor a script that begins with `#!`"));
        Path circle = first.resolve("circle");
        script(circle, "#!" + circle + "\n");
        assertThat(finder().find("circle"))
                .isEqualTo(new Found.Missing("`" + circle + "` is a script for a script, too many times over"));
        script(first.resolve("spaced"), "#!  /bin/sh -e\n");
        assertThat(finder().find("spaced")).isInstanceOf(Found.Program.class);
    }

    @Test
    void everythingThatIsInstalledHereWouldDo() {
        ProgramFinder finder = new ProgramFinder(CommandPath.of(List.of("/usr/bin", "/bin")), root);
        for (String name : List.of("sh", "env", "cat", "setsid", "python3")) {
            if (Files.exists(Path.of("/usr/bin", name))) {
                assertThat(finder.find(name)).as(name).isInstanceOf(Found.Program.class);
            }
        }
    }

    @Test
    void nothingChangedIsNoReason() throws Exception {
        script(first.resolve("tool"));
        assertThat(finder().changed(frozen("tool"))).isNull();
    }

    @Test
    void aReplacedProgramIsAReason() throws Exception {
        Path tool = first.resolve("tool");
        script(tool);
        ProgramFinder finder = finder();
        ResolvedCommand frozen = frozen(finder, "tool");
        assertThat(finder.changed(frozen)).isNull();
        // Of the same length, in the same file, and back in its time.
        FileTime time = Files.getLastModifiedTime(tool);
        Files.writeString(tool, SCRIPT.replace("one", "two"));
        Files.setLastModifiedTime(tool, time);
        assertThat(finder.changed(frozen)).isEqualTo("the bytes of `" + tool + "` are not those that were checked");
        Path other = first.resolve("other");
        script(other, SCRIPT.replace("one", "six"));
        Files.move(other, tool, StandardCopyOption.REPLACE_EXISTING);
        assertThat(finder.changed(frozen)).isEqualTo("the bytes of `" + tool + "` are not those that were checked");
        Files.delete(tool);
        assertThat(finder.changed(frozen)).startsWith("`" + tool + "` can't be read any more");
    }

    @Test
    void aKeptDigestIsNotTheOldOne() throws Exception {
        Path tool = first.resolve("tool");
        script(tool);
        ProgramFinder finder = finder();
        ResolvedCommand frozen = frozen(finder, "tool");
        // An old change of status, as far as a test can make one: the digest is kept only for such files.
        Processes.await("the file has settled", () -> ctimeMillis(tool) + 2100 < System.currentTimeMillis());
        assertThat(finder.changed(frozen)).isNull();
        assertThat(finder.changed(frozen)).isNull();
        Files.writeString(tool, SCRIPT.replace("one", "two"));
        assertThat(finder.changed(frozen)).isEqualTo("the bytes of `" + tool + "` are not those that were checked");
    }

    @Test
    void aMovedLinkIsAReason() throws Exception {
        script(root.resolve("a"));
        script(root.resolve("b"));
        Path link = Files.createSymbolicLink(first.resolve("tool"), root.resolve("a"));
        ProgramFinder finder = finder();
        ResolvedCommand frozen = frozen(finder, "tool");
        Files.delete(link);
        Files.createSymbolicLink(link, root.resolve("b"));
        assertThat(finder.changed(frozen))
                .isEqualTo("`" + link + "` leads to `" + root + "/b`; when it was checked it led to `" + root + "/a`");
    }

    @Test
    void aFolderThatBecameALinkIsAReason() throws Exception {
        script(first.resolve("tool"));
        Path work = Files.createDirectory(root.resolve("work"));
        ProgramFinder finder = finder();
        assertThat(finder.folder("work")).isEqualTo(work.toString());
        assertThat(finder.folder("none")).isNull();
        assertThat(finder.folder("first/tool")).isNull();
        ResolvedCommand frozen = frozen(finder, "tool", work.toString());
        assertThat(finder.changed(frozen)).isNull();
        Files.delete(work);
        assertThat(finder.changed(frozen)).isEqualTo("the working directory `" + work + "` is not there any more");
        Files.createSymbolicLink(work, second);
        assertThat(finder.changed(frozen))
                .isEqualTo("the working directory `" + work + "` leads to `" + second + "` now");
        assertThat(finder.folder("work")).isEqualTo(second.toString());
    }

    private void problem(String content, String problem) throws IOException {
        Path file = executable(Files.writeString(first.resolve("odd"), content));
        assertThat(finder().find("odd")).isEqualTo(new Found.Missing("`" + file + "` " + problem));
    }

    private ProgramFinder finder() {
        return new ProgramFinder(CommandPath.of(List.of(first.toString(), second.toString())), root);
    }

    private ResolvedCommand frozen(String name) {
        return frozen(finder(), name);
    }

    private ResolvedCommand frozen(ProgramFinder finder, String name) {
        return frozen(finder, name, root.toString());
    }

    private static ResolvedCommand frozen(ProgramFinder finder, String name, String cwd) {
        Found.Program program = (Found.Program) finder.find(name);
        return new ResolvedCommand(
                List.of(name),
                program.path(),
                program.realPath(),
                program.sha256(),
                cwd,
                Map.of(),
                null,
                Effect.READ,
                60_000);
    }

    private static Found.Program program(Path path, Path real) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(real));
        return new Found.Program(
                path.toString(),
                real.toString(),
                HexFormat.of().formatHex(digest),
                List.of("/bin/sh", Path.of("/bin/sh").toRealPath().toString()));
    }

    private static long ctimeMillis(Path file) {
        try {
            return ((FileTime) Files.getAttribute(file, "unix:ctime")).toMillis();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void script(Path file) throws IOException {
        script(file, SCRIPT);
    }

    private static void script(Path file, String text) throws IOException {
        executable(Files.writeString(file, text));
    }

    private static Path executable(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
