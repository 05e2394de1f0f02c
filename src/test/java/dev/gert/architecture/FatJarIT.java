package dev.gert.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is packed into {@code target/gert.jar}. */
class FatJarIT {
    /** By the JAR within the JAR, whose classes no start looks at. */
    private static final Map<String, List<String>> PACKED = Map.of(
            "",
            List.of("dev/gert/", "picocli/", "com/fasterxml/jackson/core/", "org/yaml/snakeyaml/", "com/google/re2j/"),
            "lib/telemetry.jar",
            List.of(
                    "dev/gert/telemetry/otlp/",
                    "io/opentelemetry/",
                    "okhttp3/",
                    "okio/",
                    "kotlin/",
                    "org/jetbrains/annotations/",
                    "org/intellij/lang/annotations/"),
            "lib/aws.jar",
            List.of("dev/gert/aws/", "software/amazon/", "org/slf4j/", "org/reactivestreams/"));

    private static final long LARGEST = 35L << 20;

    @Test
    void holdsTheLibrariesThatAreCalledAndNoOther() throws IOException {
        try (JarFile jar = open()) {
            List<String> classes = classes(jar.stream());
            assertThat(classes)
                    .contains("dev/gert/cli/Main.class")
                    .hasSizeBetween(500, 2500)
                    .noneMatch(name -> name.startsWith("dev/gert/telemetry/otlp/") || name.startsWith("dev/gert/aws/"));
            packed("", classes);
            for (String nested : List.of("lib/telemetry.jar", "lib/aws.jar")) {
                List<ZipEntry> entries = new ArrayList<>();
                try (ZipInputStream in = new ZipInputStream(jar.getInputStream(jar.getEntry(nested)))) {
                    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                        entries.add(entry);
                    }
                }
                packed(nested, classes(entries.stream()));
            }
        }
    }

    private static void packed(String jar, List<String> classes) {
        List<String> packed = PACKED.get(jar);
        assertThat(classes).as(jar).allMatch(name -> packed.stream().anyMatch(name::startsWith));
        assertThat(packed).as(jar).allMatch(each -> classes.stream().anyMatch(name -> name.startsWith(each)));
    }

    private static List<String> classes(Stream<? extends ZipEntry> entries) {
        return entries.map(ZipEntry::getName)
                .filter(name -> name.endsWith(".class"))
                .toList();
    }

    @Test
    void isNoLargerThanItMayBe() throws IOException {
        assertThat(Files.size(Path.of(System.getProperty("gert.jar")))).isLessThan(LARGEST);
    }

    @Test
    void carriesTheLicencesOfWhatItHolds() throws IOException {
        try (JarFile jar = open()) {
            for (String licence : List.of("LICENSE", "NOTICE", "licenses/README", "licenses/re2j-LICENSE")) {
                assertThat(jar.getEntry("META-INF/" + licence)).as(licence).isNotNull();
            }
        }
    }

    @Test
    void startsWithoutMoreThanItNeeds() throws IOException {
        try (JarFile jar = open()) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("dev.gert.cli.Main");
            assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .isNotBlank();
            assertThat(manifest.getValue(Attributes.Name.MULTI_RELEASE)).isNull();
            assertThat(jar.stream().map(ZipEntry::getName))
                    .noneMatch(name -> name.startsWith("META-INF/versions/")
                            || name.startsWith("META-INF/services/") && !name.equals("META-INF/services/"));
        }
    }

    private static JarFile open() throws IOException {
        return new JarFile(System.getProperty("gert.jar"));
    }
}
