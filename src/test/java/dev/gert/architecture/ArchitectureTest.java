package dev.gert.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.gert.architecture.Picture.Arrow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who imports whom (docs/architecture.puml), and which library is known where. */
class ArchitectureTest {
    /** Package prefixes that do not come from the JDK's core, and who may know them; nothing else is on the list. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("org.jspecify.annotations", Set.of("dev.gert")),
            Map.entry("com.fasterxml.jackson.core", Set.of("dev.gert.json")),
            Map.entry("org.yaml.snakeyaml", Set.of("dev.gert.yaml")),
            Map.entry("com.google.re2j", Set.of("dev.gert.expr", "dev.gert.policy")),
            Map.entry("javax.crypto", Set.of("dev.gert.approval")),
            Map.entry("io.opentelemetry", Set.of("dev.gert.telemetry.otlp")),
            Map.entry("software.amazon", Set.of("dev.gert.aws")),
            Map.entry("okhttp3", Set.of("dev.gert.telemetry.otlp")),
            Map.entry("javax.net.ssl", Set.of("dev.gert.telemetry.otlp")),
            Map.entry("com.sun.net.httpserver", Set.of("dev.gert.web")),
            // What the SDK says is said by gert, in one warning.
            Map.entry("java.util.logging", Set.of("dev.gert.telemetry.otlp")),
            Map.entry("picocli", Set.of("dev.gert.cli")));

    /** Parts of the JDK that cost a start-up too much (startup.md) or have a stand-in of our own. */
    private static final List<String> SHUNNED =
            List.of("java.util.regex", "java.util.logging", "java.net.http", "java.rmi", "java.sql", "java.util.prefs");

    @Test
    void theImportSawTheClasses() {
        assertThat(GertClasses.ALL.size()).isGreaterThan(100);
        assertThat(GertClasses.ALL.contain("dev.gert.cli.Main")).isTrue();
        assertThat(GertClasses.ALL.contain("dev.gert.source.Span")).isTrue();
    }

    @Test
    void packagesImportWhatThePictureShows() throws IOException {
        classes()
                .should(adhereToPlantUmlDiagram(Picture.FILE.toUri().toURL(), consideringOnlyDependenciesInDiagram()))
                .check(GertClasses.ALL);
    }

    @Test
    void thePictureShowsEveryPackageAndNoOther() throws IOException {
        Set<String> compiled = new TreeSet<>();
        for (JavaClass type : GertClasses.ALL) {
            compiled.add(type.getPackageName());
        }
        assertThat(new TreeSet<>(Picture.read().packages())).isEqualTo(compiled);
    }

    @Test
    void arrowsPointUpwards() throws IOException {
        Picture picture = Picture.read();
        assertThat(picture.arrows()).hasSizeGreaterThan(20);
        for (Arrow arrow : picture.arrows()) {
            assertThat(picture.packages()).contains(arrow.from(), arrow.to());
            assertThat(picture.packages().indexOf(arrow.to()))
                    .as("%s stands above %s", arrow.to(), arrow.from())
                    .isLessThan(picture.packages().indexOf(arrow.from()));
        }
    }

    @Test
    void noCycles() {
        slices().matching("dev.gert.(**)").should().beFreeOfCycles().check(GertClasses.ALL);
    }

    @Test
    void eachLibraryIsKnownInItsPlaceAlone() {
        classes().should(knowOnlyTheirLibraries()).check(GertClasses.ALL);
    }

    private static ArchCondition<JavaClass> knowOnlyTheirLibraries() {
        return new ArchCondition<>("know only the libraries of their package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String target =
                            dependency.getTargetClass().getBaseComponentType().getPackageName();
                    if (!mayKnow(type.getPackageName(), target)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean mayKnow(String here, String target) {
        if (target.isEmpty() || within(target, "dev.gert")) {
            return true;
        }
        for (Map.Entry<String, Set<String>> library : LIBRARIES.entrySet()) {
            if (within(target, library.getKey())) {
                return library.getValue().stream().anyMatch(owner -> within(here, owner));
            }
        }
        return target.startsWith("java.") && SHUNNED.stream().noneMatch(shunned -> within(target, shunned));
    }

    private static boolean within(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }
}
