package dev.gert.cli;

import dev.gert.decode.ProviderDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.RunEvent;
import dev.gert.model.InputResolution;
import dev.gert.model.ProjectFile;
import dev.gert.model.ProviderFile;
import dev.gert.model.Runbook;
import dev.gert.model.ToolFile;
import dev.gert.model.Transport;
import dev.gert.plan.Plan;
import dev.gert.provider.InputServer;
import dev.gert.provider.ResolveCall;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import dev.gert.scenario.Project;
import dev.gert.scenario.TextFiles;
import dev.gert.source.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks the providers of a project, and the tools of a runbook, for the inputs that come from them (formats.md, section 1). */
final class ProvidedInputs {
    /** What a run's first record calls a program that answered inputs. */
    static final String PREFIX = "provider:";

    private final Wiring wiring;
    private final Plan plan;
    private final @Nullable String incident;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<RunEvent.FileDigest> programs = new ArrayList<>();

    ProvidedInputs(Wiring wiring, Plan plan, @Nullable String incident) {
        this.wiring = wiring;
        this.plan = plan;
        this.incident = incident;
    }

    /** A program that answers some of the inputs. */
    private record Server(String name, String binary, Transport transport, List<String> contextFields) {}

    /**
     * Asks for every input that is {@code wanted} and says a provider. What can't be had is a warning, and
     * has no value; false, with the reason said, when policy denies a provider or its file is broken.
     */
    boolean ask(Predicate<Runbook.Input> wanted) {
        Map<String, List<ResolveCall.Binding>> asked = new LinkedHashMap<>();
        Map<String, Server> servers = new LinkedHashMap<>();
        for (Runbook.Input input : plan.runbook().inputs()) {
            if (!(input.from() instanceof Runbook.From.Provider from) || !wanted.test(input)) {
                continue;
            }
            Server server = servers.get(from.prefix());
            if (server == null) {
                Diagnostics diagnostics = new Diagnostics();
                server = server(from, diagnostics);
                Wiring.print(diagnostics, wiring.io());
                if (diagnostics.hasErrors()) {
                    return false;
                }
            }
            if (server == null) {
                wiring.io()
                        .warning(
                                "no provider answers `" + from.binding() + "`",
                                "name it under `providers` in gert.yaml");
                continue;
            }
            servers.put(from.prefix(), server);
            asked.computeIfAbsent(from.prefix(), p -> new ArrayList<>())
                    .add(new ResolveCall.Binding(
                            input.name(),
                            from.binding(),
                            input.pattern() == null
                                    ? null
                                    : input.pattern().regex().source()));
        }
        if (asked.isEmpty()) {
            return true;
        }
        ProgramFinder finder = new ProgramFinder(wiring.commandPath(), wiring.projectRoot());
        try (Spawner spawner = new Spawner(new ChildEnvironment(
                wiring.environment(),
                wiring.commandPath().text(),
                name -> plan.policy().withholdsEnvironment(name) != null))) {
            InputServer asks = new InputServer(spawner, finder, plan.policy(), wiring.projectRoot());
            for (Map.Entry<String, Server> each : servers.entrySet()) {
                Server server = each.getValue();
                ResolveCall call = new ResolveCall(asked.getOrDefault(each.getKey(), List.of()), context(server));
                if (!take(server, asks.ask(server.name(), server.binary(), server.transport(), call))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean take(Server server, InputServer.Outcome outcome) {
        String subject = "the provider `" + server.name() + "`";
        if (outcome instanceof InputServer.Outcome.Denied denied) {
            wiring.io().error(subject + ": " + denied.reason(), "nothing was executed");
            return false;
        }
        if (outcome instanceof InputServer.Outcome.Failed failed) {
            wiring.io().warning(subject + " gave no answer: " + said(failed.reason()), null);
            return true;
        }
        InputServer.Outcome.Answered answered = (InputServer.Outcome.Answered) outcome;
        for (Runbook.Input input : plan.runbook().inputs()) {
            String value = answered.resolved().values().get(input.name());
            if (input.sensitive() && value != null) {
                wiring.redaction().hide(List.of(value));
            }
        }
        for (String warning : answered.resolved().warnings()) {
            wiring.io().warning(subject + ": " + said(warning), null);
        }
        for (String problem : answered.resolved().problems()) {
            wiring.io().warning(subject + ": " + said(problem), null);
        }
        if (answered.resolved().problems().isEmpty()) {
            values.putAll(answered.resolved().values());
            programs.add(new RunEvent.FileDigest(PREFIX + answered.program(), answered.sha256()));
        }
        return true;
    }

    /** The server's own words, as they may be shown. */
    private String said(String words) {
        return wiring.io().safe(wiring.redaction().get().safe(words).text());
    }

    private Map<String, String> context(Server server) {
        Map<String, String> context = new LinkedHashMap<>();
        for (String field : server.contextFields()) {
            boolean incidentField = field.equals("icmId")
                    || field.equals("incidentId")
                    || field.equals("incident_id")
                    || field.equals("icm_id");
            context.put(field, incidentField && incident != null ? incident : "");
        }
        return context;
    }

    private @Nullable Server server(Runbook.From.Provider from, Diagnostics diagnostics) {
        Project project = wiring.project();
        ProjectFile file = project.file();
        for (ProjectFile.Provider provider : file == null ? List.<ProjectFile.Provider>of() : file.providers()) {
            if (provider.name().text().equals(from.prefix())) {
                return ofProject(provider, project, diagnostics);
            }
        }
        for (ToolFile tool : plan.tools()) {
            InputResolution resolves = tool.resolves();
            if (resolves != null && resolves.answers(from.binding())) {
                return new Server(tool.name().text(), tool.binary().text(), tool.transport(), fields(resolves));
            }
        }
        return null;
    }

    private @Nullable Server ofProject(ProjectFile.Provider provider, Project project, Diagnostics diagnostics) {
        String name = provider.name().text();
        if (provider.path() == null) {
            String binary = provider.binary() == null ? name : provider.binary().text();
            Transport transport = new Transport(Transport.Mode.JSONRPC, null, Transport.Startup.standard());
            return new Server(name, binary, transport, List.of("icmId"));
        }
        Path path = project.root().resolve(provider.path().text());
        Source source = TextFiles.read(path, wiring.shown(path).toString(), diagnostics);
        ProviderFile file = source == null ? null : ProviderDecoder.decode(source, diagnostics);
        if (file == null) {
            return null;
        }
        String binary = provider.binary() == null
                ? file.binary().text()
                : provider.binary().text();
        return new Server(name, binary, file.transport(), fields(file.resolves()));
    }

    private static List<String> fields(InputResolution resolves) {
        List<String> fields = new ArrayList<>();
        resolves.contextFields().forEach(field -> fields.add(field.text()));
        return fields;
    }

    /** By the input's name. */
    Map<String, String> values() {
        return values;
    }

    /** The programs that answered. */
    List<RunEvent.FileDigest> programs() {
        return programs;
    }
}
