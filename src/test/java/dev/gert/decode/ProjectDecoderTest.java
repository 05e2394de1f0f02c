package dev.gert.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonWriter;
import dev.gert.model.ProjectFile;
import dev.gert.model.ProviderFile;
import dev.gert.model.Transport;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every field of {@code gert.yaml} and of {@code provider/v0}. */
class ProjectDecoderTest {
    private static ProjectFile whole() throws IOException {
        return project(Files.readString(Path.of("src/test/cases/decode/whole-project.yaml")));
    }

    private static ProjectFile project(String text) {
        Diagnostics diagnostics = new Diagnostics();
        ProjectFile project = ProjectDecoder.decode(Source.of("gert.yaml", text), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return requireNonNull(project);
    }

    private static List<String> texts(@Nullable List<YamlNode.Scalar> scalars) {
        List<String> texts = new ArrayList<>();
        for (YamlNode.Scalar scalar : requireNonNull(scalars)) {
            texts.add(scalar.text());
        }
        return texts;
    }

    private static List<String> named(List<ProjectFile.NamedPath> paths) {
        List<String> texts = new ArrayList<>();
        for (ProjectFile.NamedPath path : paths) {
            texts.add(path.name().text() + " " + path.path().text());
        }
        return texts;
    }

    @Test
    void aFileThatSaysNothingStandsForTheDefaults() {
        ProjectFile project = project("{}");
        assertThat(project.name()).isEmpty();
        assertThat(project.paths()).isEqualTo(new ProjectFile.Paths("runbooks", "scenarios", "tools", "reports"));
        assertThat(project.upstream()).isFalse();
        assertThat(project.commandPath()).isNull();
        assertThat(project.environment()).isNull();
        assertThat(project.xtsProgram()).isNull();
        assertThat(project.providers()).isEmpty();
        assertThat(project.requires()).isEmpty();
        assertThat(project.exports()).isEmpty();
        assertThat(project.elevation()).isNull();
        assertThat(project.telemetry()).isEqualTo(ProjectFile.Telemetry.silent());
        assertThat(project.notices()).isEmpty();
        assertThat(project.evidence()).isNull();
    }

    @Test
    void thePlainFields() throws IOException {
        ProjectFile project = whole();
        assertThat(project.name()).isEqualTo("my-tsg");
        assertThat(project.paths()).isEqualTo(new ProjectFile.Paths("books", "cases", "instruments", "out"));
        assertThat(project.upstream()).isTrue();
        assertThat(project("compatibility: none").upstream()).isFalse();
        assertThat(texts(project.commandPath())).containsExactly("/usr/bin", "/bin");
        assertThat(texts(project.environment())).containsExactly("HOME", "LC_*", "_X");
        assertThat(named(project.requires())).containsExactly("pkg ../other");
        assertThat(named(project.exports())).containsExactly("kusto queries/kusto-query");
        assertThat(project.telemetry()).isEqualTo(new ProjectFile.Telemetry("otlp", "http://localhost:4317", "grpc"));
        assertThat(project.evidence())
                .isEqualTo(new ProjectFile.EvidenceStore("s3://audit-logs/runs", "compliance", 365));
    }

    @Test
    void providers() throws IOException {
        ProjectFile project = whole();
        assertThat(requireNonNull(project.xtsProgram()).text()).isEqualTo("/opt/xts");
        assertThat(project.providers())
                .extracting(provider -> provider.name().text())
                .containsExactly("icm", "geneva");
        ProjectFile.Provider icm = project.providers().get(0);
        assertThat(requireNonNull(icm.binary()).text()).isEqualTo("gert-icm");
        assertThat(icm.path()).isNull();
        assertThat(JsonWriter.compact(icm.config()))
                .isEqualTo("{\"team\":\"core\",\"depth\":3,\"on\":true,\"none\":null,\"list\":[\"010\",\"a\"]}");
        ProjectFile.Provider geneva = project.providers().get(1);
        assertThat(geneva.binary()).isNull();
        assertThat(requireNonNull(geneva.path()).text()).isEqualTo("providers/geneva.yaml");
        assertThat(geneva.config().entries()).isEmpty();
    }

    @Test
    void elevation() throws IOException {
        ProjectFile.Elevation elevation = requireNonNull(whole().elevation());
        assertThat(elevation.provider()).isEqualTo("command");
        assertThat(elevation.settings()).extracting(entry -> entry.key().text()).containsExactly("command", "max");
        assertThat(elevation.span().position().line()).isEqualTo(9);
        for (String provider : List.of("aws-sts", "http")) {
            assertThat(requireNonNull(project("elevation: {provider: " + provider + "}")
                                    .elevation())
                            .provider())
                    .isEqualTo(provider);
        }
    }

    @Test
    void notices() throws IOException {
        List<ProjectFile.Notice> notices = whole().notices();
        assertThat(notices.get(0).on()).containsExactly("waiting", "outcome");
        ProjectFile.Target.Webhook webhook =
                (ProjectFile.Target.Webhook) notices.get(0).target();
        assertThat(webhook.url()).isEqualTo("https://chat.example/hook");
        assertThat(requireNonNull(webhook.body()).source()).isEqualTo("{{ .run_id }} waits");
        ProjectFile.Target.Command command =
                (ProjectFile.Target.Command) notices.get(1).target();
        assertThat(command.program().text()).isEqualTo("notify-send");
        assertThat(command.arguments())
                .extracting(argument -> argument.source())
                .containsExactly("{{ .run_id }}", "failed");
        assertThat(notices.get(2).on()).containsExactly("failed");
        assertThat(((ProjectFile.Target.Webhook) notices.get(2).target()).body())
                .isNull();
    }

    @Test
    void aProvidersFile() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        String text = Files.readString(Path.of("src/test/cases/decode/whole-provider.yaml"));
        ProviderFile provider = requireNonNull(ProviderDecoder.decode(Source.of("icm.yaml", text), diagnostics));
        assertThat(diagnostics.sorted()).isEmpty();
        assertThat(provider.name().text()).isEqualTo("icm");
        assertThat(provider.version()).isEqualTo("2.0");
        assertThat(provider.description()).isEqualTo("incidents");
        assertThat(provider.binary().text()).isEqualTo("/opt/icm/serve");
        Transport.Startup startup = provider.transport().startup();
        assertThat(provider.transport().mode()).isEqualTo(Transport.Mode.JSONRPC);
        assertThat(texts(startup.argv())).containsExactly("--stdio", "-v");
        assertThat(startup.readySignal()).isEqualTo("ready");
        assertThat(startup.timeoutMillis()).isEqualTo(10_000);
        assertThat(startup.shutdownMethod()).isEqualTo("shutdown");
        assertThat(texts(provider.resolves().prefixes())).containsExactly("icm.", "incident.");
        assertThat(texts(provider.resolves().contextFields())).containsExactly("icmId");
    }

    /** The sample of formats-dialect.md, letter for letter. */
    @Test
    void theDialectsSample() {
        Diagnostics diagnostics = new Diagnostics();
        ProviderFile provider = ProviderDecoder.decode(Source.of("icm.yaml", """
                        apiVersion: provider/v0
                        meta: {name: icm, binary: gert-icm-provider}
                        transport: {mode: jsonrpc, startup: {ready_signal: ready, timeout: 10s, shutdown_method: shutdown}}
                        capabilities: {resolve_inputs: {prefixes: ["icm."], context_fields: [icmId]}}
                        """), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        assertThat(requireNonNull(provider).binary().text()).isEqualTo("gert-icm-provider");
    }
}
