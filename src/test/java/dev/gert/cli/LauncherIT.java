package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code gert}, with stand-ins that print how they were called in place of Java. */
class LauncherIT {
    @TempDir
    Path folder;

    private Path project;

    private record Ended(int code, String output) {}

    @BeforeEach
    void aProjectWithTheLauncherAndAJar() throws IOException {
        project = Files.createDirectories(folder.resolve("a project"));
        Files.copy(Path.of("gert"), project.resolve("gert"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(project.resolve("target"));
        Files.copy(Path.of(System.getProperty("gert.jar")), project.resolve("target/gert.jar"));
    }

    @Test
    void printsTheVersionWithARealJava() throws Exception {
        Ended ended = run(project.resolve("gert"), Map.of("GERT_JAVA", System.getProperty("java.home")), "--version");
        assertThat(ended).isEqualTo(new Ended(0, "gert " + version() + "\n"));
    }

    @Test
    void findsItsFolderThroughLinks() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("a project/gert"));
        Path second = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("bin")).resolve("gert"), first);
        assertThat(run(second, Map.of("GERT_JAVA", java("21.0.1")), "x").output())
                .contains("[" + folder + "/a project/target/gert.jar]");
    }

    @Test
    void passesArgumentsAsTheyAre() throws Exception {
        assertThat(run(project.resolve("gert"), Map.of("GERT_JAVA", java("21.0.1")), "a b", "", "*", "é")
                        .output())
                .contains("[dev.gert.cli.Main]\n[a b]\n[]\n[*]\n[é]\n");
    }

    @Test
    void javaHomeIsTakenIfItIsNewEnough() throws Exception {
        assertThat(run(project.resolve("gert"), Map.of("JAVA_HOME", java("21.0.1")), "x")
                        .output())
                .startsWith("Java 21.0.1\n");
        assertThat(run(project.resolve("gert"), Map.of("JAVA_HOME", java("11.0.2")), "--version")
                        .output())
                .doesNotContain("Java 11");
    }

    @Test
    void gertJavaDecidesAlone() throws Exception {
        Map<String, String> environment = Map.of("GERT_JAVA", java("17") + "/bin/java", "JAVA_HOME", java("21.0.1"));
        assertThat(run(project.resolve("gert"), environment, "x").output()).startsWith("Java 17\n");
    }

    @Test
    void theNewestIsTakenWhereNoneIsNamed() throws Exception {
        Map<String, String> environment = Map.of("PATH", java("999") + "/bin:" + System.getenv("PATH"));
        assertThat(run(project.resolve("gert"), environment, "x").output()).startsWith("Java 999\n");
    }

    @Test
    void saysWhatIsWrongWithTheJavaNamed() throws Exception {
        Path old = Path.of(java("1.8.0_382"));
        assertThat(run(project.resolve("gert"), Map.of("GERT_JAVA", old.toString()), "x"))
                .isEqualTo(new Ended(
                        2, "gert: GERT_JAVA names Java 8 (" + old + "/bin/java), and gert needs Java 17 or newer\n"));
        assertThat(run(project.resolve("gert"), Map.of("GERT_JAVA", "/nowhere/java"), "x"))
                .isEqualTo(new Ended(2, "gert: GERT_JAVA names no Java: /nowhere/java\n"));
    }

    @Test
    void handsTheLocaleOver() throws Exception {
        String java = java("21.0.1");
        assertThat(run(project.resolve("gert"), Map.of("GERT_JAVA", java, "LC_ALL", "de_DE.UTF-8"), "x")
                        .output())
                .contains("LC_ALL C.UTF-8\noriginal de_DE.UTF-8\nunset no\n");
        assertThat(run(project.resolve("gert"), Map.of("GERT_JAVA", java, "LC_ALL", ""), "x")
                        .output())
                .contains("LC_ALL C.UTF-8\noriginal \nunset no\n");
        assertThat(run(project.resolve("gert"), Map.of("GERT_JAVA", java), "x").output())
                .contains("LC_ALL C.UTF-8\noriginal no\nunset 1\n");
    }

    @Test
    void buildsTheJarWhereThereIsNone() throws Exception {
        Path jar = project.resolve("target/gert.jar");
        Path kept = Files.move(jar, folder.resolve("kept.jar"));
        script(project.resolve("mvnw"), "echo \"built by $JAVA_HOME with $*\"\ncp ../kept.jar target/gert.jar\n");
        String java = java("21.0.1");
        script(Path.of(java, "bin", "javac"), "");

        assertThat(run(project.resolve("gert"), Map.of("GERT_JAVA", java), "x").output())
                .startsWith("gert: building target/gert.jar, once; the first time this also downloads what the build"
                        + " needs\nbuilt by " + java
                        + " with -q -B -Dcompiler.onWarning=-XDall -Dmaven.test.skip=true package\nJava 21.0.1\n");
        assertThat(jar).hasSameBinaryContentAs(kept);
    }

    @Test
    void saysWhenTheBuildFails() throws Exception {
        Files.delete(project.resolve("target/gert.jar"));
        script(project.resolve("mvnw"), "exit 1\n");
        String java = java("21.0.1");
        script(Path.of(java, "bin", "javac"), "");

        Ended ended = run(project.resolve("gert"), Map.of("GERT_JAVA", java), "x");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).endsWith("gert: the build failed: ./mvnw package\n");
    }

    /** A Java home whose java says what it was given. */
    private String java(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk " + version));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        script(home.resolve("bin/java"), """
                echo 'Java %s'
                echo "LC_ALL ${LC_ALL-no}"
                echo "original ${GERT_ORIGINAL_LC_ALL-no}"
                echo "unset ${GERT_ORIGINAL_LC_ALL_UNSET-no}"
                printf '[%%s]\\n' "$@"
                """.formatted(version));
        return home.toString();
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(launcher.toString()));
        line.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        for (String name : List.of("LC_ALL", "GERT_JAVA", "JAVA_HOME", "JAVA_TOOL_OPTIONS")) {
            builder.environment().remove(name);
        }
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Ended(code, Files.readString(output));
    }

    private static String version() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("gert.jar"))) {
            return jar.getManifest().getMainAttributes().getValue("Implementation-Version");
        }
    }
}
