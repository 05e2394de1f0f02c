package dev.gert.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is packed into {@code target/gert.jar}. */
class FatJarIT {
    private static final List<String> PACKED = List.of(
            "dev/gert/",
            "picocli/",
            "com/fasterxml/jackson/core/",
            "org/yaml/snakeyaml/",
            "com/google/re2j/",
            "io/opentelemetry/",
            "okhttp3/",
            "okio/",
            "kotlin/",
            "org/jetbrains/annotations/",
            "org/intellij/lang/annotations/");

    @Test
    void holdsTheLibrariesThatAreCalledAndNoOther() throws IOException {
        try (JarFile jar = open()) {
            List<String> classes = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();
            assertThat(classes).contains("dev/gert/cli/Main.class").hasSizeGreaterThan(500);
            assertThat(classes).allMatch(name -> PACKED.stream().anyMatch(name::startsWith));
            assertThat(PACKED).allMatch(packed -> classes.stream().anyMatch(name -> name.startsWith(packed)));
        }
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
                            || name.startsWith("META-INF/services/")
                                    && !name.equals("META-INF/services/")
                                    && !name.startsWith("META-INF/services/io.opentelemetry."));
        }
    }

    private static JarFile open() throws IOException {
        return new JarFile(System.getProperty("gert.jar"));
    }
}
