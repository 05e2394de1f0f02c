package dev.gert.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.cli.InProcess;
import dev.gert.render.SchemaCheck;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gert report --bundle} and what both verifiers make of a bundle, whole and not. */
class BundleTest {
    private static final String RUN = "20261123T101500Z-4f21c9aa";

    @TempDir
    Path folder;

    @BeforeEach
    void run() throws IOException {
        folder = folder.toRealPath();
        RunFixture.write(
                Files.createDirectories(folder.resolve("reports/runs/" + RUN)), RunFixture.BOB, RunFixture.CAROL);
        Files.writeString(folder.resolve("reports/runs/" + RUN + "/hmac.key"), "secret");
        Files.writeString(folder.resolve("gert.yaml"), "name: shop\n");
        assertThat(gert("report", RUN, "--bundle", "run.zip").exitCode()).isZero();
    }

    @Test
    void holdsWhatVerifiesAndNoKey() throws IOException {
        Map<String, byte[]> files = unzip("run.zip");
        assertThat(files.keySet())
                .contains(
                        RUN + "/journal.jsonl",
                        RUN + "/evidence.json",
                        RUN + "/trace.json",
                        RUN + "/report.html",
                        RUN + "/verify_run.py",
                        RUN + "/README.txt")
                .anyMatch(each -> each.startsWith(RUN + "/approvals/"))
                .anyMatch(each -> each.startsWith(RUN + "/attachments/"))
                .anyMatch(each -> each.startsWith(RUN + "/output/"))
                .anyMatch(each -> each.startsWith(RUN + "/pinned/"))
                .noneMatch(each -> each.contains("key") || each.contains("lock"));
        assertThat(files.get(RUN + "/verify_run.py")).isEqualTo(Files.readAllBytes(Path.of("tools/verify_run.py")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run.zip"))))
                .isEqualTo("rw-------");
        assertThat(verdicts("run.zip")).isEqualTo("VALID VALID");
        String evidence = new String(files.get(RUN + "/evidence.json"), StandardCharsets.UTF_8);
        assertThat(SchemaCheck.document("evidence", evidence)).isEmpty();
        assertThat(gert("verify", "run.zip", "--format", "json").out())
                .contains("\"verdict\": \"valid\"", "\"folder\": \"" + folder.resolve("run.zip") + "\"");
    }

    @ParameterizedTest
    @CsvSource({"UTC", "Asia/Kolkata", "America/St_Johns"})
    void isTheSameBytesAgain(String zone) throws IOException {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            assertThat(gert("report", RUN, "--bundle", "again.zip").exitCode()).isZero();
        } finally {
            TimeZone.setDefault(before);
        }
        assertThat(Files.mismatch(folder.resolve("run.zip"), folder.resolve("again.zip")))
                .isEqualTo(-1);
    }

    /** {@code to}: what one file of the bundle is called then, or {@code -}: it is left out, {@code !}: it is changed. */
    @ParameterizedTest
    @CsvSource({
        "journal.jsonl, -",
        "journal.jsonl, !",
        "evidence.json, !",
        "output/001-disk.out, !",
        "output/001-disk.out, -",
        "README.txt, RUN/../../README.txt",
        "README.txt, /etc/README.txt",
        "README.txt, README.txt",
        "README.txt, other/README.txt",
        "README.txt, RUN/bin/README.txt",
        "README.txt, RUN/output/a/README.txt",
        "README.txt, RUN/output/..",
        "README.txt, RUN/output/a\\b",
        "README.txt, RUN/output/",
        "README.txt, RUN/output/999-more.out",
        "README.txt, RUN/verify_run.py",
        "README.txt, RUN//README.txt",
    })
    void whatIsNotWhatWasPackedIsInvalid(String file, String to) throws IOException {
        Map<String, byte[]> files = unzip("run.zip");
        byte[] bytes = files.remove(RUN + "/" + file);
        assertThat(bytes).as(String.join("\n", files.keySet())).isNotNull();
        String name = to.replace("RUN", RUN);
        if (to.equals("!")) {
            bytes[Math.max(0, bytes.length - 40)] ^= 1;
            files.put(RUN + "/" + file, bytes);
        } else if (!to.equals("-")) {
            files.put(name.equals(RUN + "/verify_run.py") ? RUN + "/verify_run.pz" : name, bytes);
        }
        zip("bad.zip", files, to.equals("RUN/verify_run.py"));
        assertThat(verdicts("bad.zip")).isEqualTo("INVALID INVALID");
    }

    @ParameterizedTest
    @CsvSource({"''", "'PK'", "'no zip file at all'"})
    void whatIsNoZipFileIsSaid(String text) throws IOException {
        Files.writeString(folder.resolve("bad.zip"), text);
        InProcess.Said said = gert("verify", "bad.zip");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("error: `bad.zip` is no zip file that can be read");
    }

    private String verdicts(String file) throws IOException {
        InProcess.Said said = gert("verify", file, "-q");
        Process python = new ProcessBuilder(
                        "python3",
                        Path.of("tools/verify_run.py").toAbsolutePath().toString(),
                        file)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String says = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return word(said.out() + said.err()) + " " + word(says);
    }

    private static String word(String text) {
        return text.strip().split("[ \n]", 2)[0];
    }

    private InProcess.Said gert(String... words) {
        return InProcess.gert(List.of(words), folder);
    }

    private Map<String, byte[]> unzip(String file) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in =
                new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(file))))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    /** {@code twice}: one name is there for a second time, which the JDK does not write. */
    private void zip(String file, Map<String, byte[]> files, boolean twice) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : new ArrayList<>(files.entrySet())) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
        String all = bytes.toString(StandardCharsets.ISO_8859_1);
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            out.write((twice ? all.replace("verify_run.pz", "verify_run.py") : all)
                    .getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
