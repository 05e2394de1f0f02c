package dev.gert.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Evaluation;
import dev.gert.expr.Lookup;
import dev.gert.expr.Template;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.model.ToolArguments;
import dev.gert.model.ToolFile;
import dev.gert.source.Source;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools that gert brings, and that their options are those of the real programs, where these are installed. */
@Timeout(120)
class ToolsPackTest {
    private static final Path PACK = Path.of("runbooks/tools");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    record Ran(int exit, String out, String err) {}

    private static ToolFile tool(String name) throws IOException {
        Path file = PACK.resolve(name + ".tool.yaml");
        Diagnostics diagnostics = new Diagnostics();
        ToolFile tool = ToolDecoder.decode(Source.of(file.toString(), Files.readString(file)), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return requireNonNull(tool);
    }

    private static boolean installed(String program) {
        for (String place : requireNonNull(System.getenv("PATH")).split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(place, program))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> argv(ToolFile tool, String action, Map<String, String> given) {
        ToolFile.Action found = requireNonNull(tool.action(action), action);
        ToolArguments.Result result = ToolArguments.check(found, given);
        assertThat(result).isInstanceOf(ToolArguments.Result.Checked.class);
        Map<String, JsonValue> values = ((ToolArguments.Result.Checked) result).values();
        List<String> argv = new ArrayList<>(List.of(tool.binary().text()));
        for (Template word : ((ToolFile.Call.Argv) found.call()).words()) {
            Evaluation text = word.evaluate(name -> {
                JsonValue value = values.get(name);
                return value == null ? new Lookup.Unset("not given") : new Lookup.Known(value);
            });
            assertThat(text).as(word.source()).isInstanceOf(Evaluation.Value.class);
            argv.add(JsonText.of(((Evaluation.Value) text).value()));
        }
        return argv;
    }

    private Ran execute(List<String> argv) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .directory(folder.toFile());
        builder.environment()
                .putAll(Map.of(
                        "HOME", folder.toString(),
                        "LC_ALL", "C",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_AUTHOR_NAME", "Ann",
                        "GIT_AUTHOR_EMAIL", "ann@example.org",
                        "GIT_COMMITTER_NAME", "Ann",
                        "GIT_COMMITTER_EMAIL", "ann@example.org"));
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Runs an action that must pass; pairs of names and values. */
    private String passes(String tool, String action, String... given) throws Exception {
        Ran ran = run(tool, action, given);
        assertThat(ran.exit()).as("%s %s: %s", tool, action, ran.err()).isZero();
        return ran.out();
    }

    private Ran run(String tool, String action, String... given) throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < given.length; i += 2) {
            values.put(given[i], given[i + 1]);
        }
        return execute(argv(tool(tool), action, values));
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "git", "kubectl", "systemctl", "aws", "jq"})
    void decodesWithoutADiagnostic(String name) throws IOException {
        ToolFile tool = tool(name);
        assertThat(tool.name().text()).isEqualTo(name);
        assertThat(tool.binary().text()).isEqualTo(name);
        assertThat(tool.description()).isNotBlank();
        assertThat(tool.actions()).hasSizeBetween(5, 8);
        for (ToolFile.Action action : tool.actions()) {
            assertThat(action.description()).as(action.name()).isNotBlank();
            for (ToolFile.Arg arg : action.args()) {
                assertThat(arg.description())
                        .as("%s %s", action.name(), arg.name())
                        .isNotBlank();
                assertThat(arg.required() || arg.otherwise() != null).isTrue();
            }
            assertThat(action.readOnly() && action.approvers() > 0)
                    .as(action.name())
                    .isFalse();
        }
    }

    @Test
    void thePackIsWhatIsTestedHere() throws IOException {
        try (var files = Files.list(PACK)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "curl.tool.yaml",
                            "git.tool.yaml",
                            "kubectl.tool.yaml",
                            "systemctl.tool.yaml",
                            "aws.tool.yaml",
                            "jq.tool.yaml");
        }
    }

    /** What changes something is named here, so that a change of a file's word is a change of this list. */
    @Test
    void whatIsNotReadOnly() throws IOException {
        Map<String, List<String>> changing = new LinkedHashMap<>();
        for (String name : List.of("curl", "git", "kubectl", "systemctl", "aws", "jq")) {
            List<String> names = new ArrayList<>();
            for (ToolFile.Action action : tool(name).actions()) {
                if (!action.readOnly()) {
                    names.add(action.name());
                }
            }
            changing.put(name, names);
        }
        assertThat(changing)
                .containsExactly(
                        Map.entry("curl", List.of("post_json", "put_json", "delete")),
                        Map.entry("git", List.of("fetch", "pull", "revert")),
                        Map.entry("kubectl", List.of("rollout_restart", "rollout_undo", "scale", "delete_pod")),
                        Map.entry("systemctl", List.of("start", "restart", "reload", "stop")),
                        Map.entry("aws", List.of("reboot_instance", "redeploy_service")),
                        Map.entry("jq", List.of()));
    }

    @Test
    void curl() throws Exception {
        assumeTrue(installed("curl"), "curl is not installed");
        List<String> requests = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path + (body.isEmpty() ? "" : " " + body) + " "
                    + exchange.getRequestHeaders().getFirst(body.isEmpty() ? "Accept" : "Content-Type"));
            byte[] answer = "{ \"ok\" : true }".getBytes(StandardCharsets.UTF_8);
            if (path.equals("/moved")) {
                exchange.getResponseHeaders().add("Location", "/there");
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            int status = path.equals("/moved") ? 302 : path.equals("/broken") ? 503 : 200;
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : answer.length);
            if (!head) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(passes("curl", "get", "url", url + "/moved", "accept", "text/plain"))
                    .isEqualTo("{ \"ok\" : true }");
            assertThat(passes("curl", "get_json", "url", url + "/a")).isEqualTo("{ \"ok\" : true }");
            assertThat(passes("curl", "head", "url", url + "/moved"))
                    .contains("302")
                    .contains("ocation: /there");
            JsonValue probe = json(passes("curl", "probe", "url", url + "/broken", "max_time", "20"));
            assertThat(member(probe, "http_code")).isEqualTo("503");
            assertThat(member(probe, "remote_ip")).isEqualTo("127.0.0.1");
            assertThat(member(probe, "content_type")).isEqualTo("application/json");
            assertThat(Double.parseDouble(member(probe, "time_total"))).isPositive();
            passes("curl", "post_json", "url", url + "/p", "body", "@/etc/passwd");
            passes("curl", "put_json", "url", url + "/p", "body", "{}");
            passes("curl", "delete", "url", url + "/p");
            assertThat(requests)
                    .containsExactly(
                            "GET /moved text/plain",
                            "GET /there text/plain",
                            "GET /a application/json",
                            "HEAD /moved */*",
                            "GET /broken */*",
                            "POST /p @/etc/passwd application/json",
                            "PUT /p {} application/json",
                            "DELETE /p */*");
            Ran broken = run("curl", "get", "url", url + "/broken");
            assertThat(broken.exit()).isEqualTo(22);
            assertThat(broken.out()).as("the body is there all the same").isEqualTo("{ \"ok\" : true }");
            assertThat(run("curl", "get", "url", "file:///etc/passwd").exit()).isEqualTo(1);
        } finally {
            server.stop(0);
        }
    }

    private static JsonValue json(String text) {
        return ((JsonResult.Ok) JsonReader.read(text)).value();
    }

    private static String member(JsonValue map, String name) {
        return JsonText.of(requireNonNull(((JsonValue.MapValue) map).entries().get(name), name));
    }

    @Test
    void git() throws Exception {
        assumeTrue(installed("git"), "git is not installed");
        Path origin = folder.resolve("origin");
        Path clone = folder.resolve("clone");
        assertThat(execute(List.of("git", "init", "-q", "-b", "main", origin.toString()))
                        .exit())
                .isZero();
        commit(origin, "a", "1", "first");
        assertThat(execute(List.of("git", "clone", "-q", origin.toString(), clone.toString()))
                        .exit())
                .isZero();
        commit(origin, "b", "2", "second: é");
        String repo = clone.toString();
        String first = passes("git", "head", "repo", repo).strip();
        assertThat(first).hasSize(40);
        assertThat(passes("git", "branch", "repo", repo)).isEqualTo("main\n");
        assertThat(passes("git", "status", "repo", repo)).isEmpty();
        Files.writeString(clone.resolve("new"), "x");
        assertThat(passes("git", "status", "repo", repo)).isEqualTo("?? new\n");
        passes("git", "fetch", "repo", repo);
        assertThat(passes("git", "log", "repo", repo, "revision", "HEAD..origin/main"))
                .matches("[0-9a-f]+ \\S+ Ann: second: é\n");
        passes("git", "pull", "repo", repo);
        assertThat(passes("git", "log", "repo", repo, "count", "1").lines()).hasSize(1);
        assertThat(passes("git", "changed_files", "repo", repo, "from", first)).isEqualTo("A\tb\n");
        passes("git", "revert", "repo", repo, "commit", "HEAD");
        assertThat(clone.resolve("b")).doesNotExist();
        assertThat(run("git", "log", "repo", repo, "revision", "--output=stolen")
                        .exit())
                .as("a revision is no option")
                .isNotZero();
        assertThat(clone.resolve("stolen")).doesNotExist();
    }

    private void commit(Path repository, String file, String text, String message) throws Exception {
        Files.writeString(repository.resolve(file), text);
        String where = repository.toString();
        assertThat(execute(List.of("git", "-C", where, "add", file)).exit()).isZero();
        assertThat(execute(List.of("git", "-C", where, "commit", "-q", "-m", message))
                        .exit())
                .isZero();
    }

    @Test
    void jq() throws Exception {
        assumeTrue(installed("jq"), "jq is not installed");
        String json = "{\"items\": [{\"name\": \"a b\"}, {\"name\": \"c\"}], \"ready\": true}";
        String file = Files.writeString(folder.resolve("x.json"), json).toString();
        assertThat(passes("jq", "query", "filter", ".items[0]", "file", file)).isEqualTo("{\"name\":\"a b\"}\n");
        assertThat(passes("jq", "text", "filter", ".items[] | .name", "file", file))
                .isEqualTo("a b\nc\n");
        assertThat(passes("jq", "query_value", "json", json, "filter", ".items | map(.name)"))
                .isEqualTo("[\"a b\",\"c\"]\n");
        assertThat(passes("jq", "text_value", "json", json, "filter", ".items[0].name"))
                .isEqualTo("a b\n");
        passes("jq", "holds", "json", json, "filter", ".ready and (.items | length) == 2");
        assertThat(run("jq", "holds", "json", json, "filter", ".ready and (.items | length) == 3")
                        .exit())
                .isEqualTo(1);
        assertThat(passes("jq", "keys", "json", json)).isEqualTo("[\"items\",\"ready\"]\n");
        passes("jq", "valid", "file", file);
        Files.writeString(folder.resolve("x.json"), "{");
        assertThat(run("jq", "valid", "file", file).exit()).isNotZero();
    }

    /** {@code --help} is answered after the options were read, and no cluster is asked. */
    @Test
    void kubectl() throws Exception {
        assumeTrue(installed("kubectl"), "kubectl is not installed");
        ToolFile tool = tool("kubectl");
        for (ToolFile.Action action : tool.actions()) {
            Map<String, String> given = new LinkedHashMap<>();
            for (ToolFile.Arg arg : action.args()) {
                if (arg.required()) {
                    given.put(arg.name(), arg.name().equals("replicas") ? "3" : "deployment/web");
                }
            }
            List<String> argv = argv(tool, action.name(), given);
            argv.add("--help");
            Ran ran = execute(argv);
            assertThat(ran.exit()).as("%s: %s", action.name(), ran.err()).isZero();
        }
        Ran unknown = execute(List.of("kubectl", "get", "pods", "--no-such-option", "--help"));
        assertThat(unknown.exit()).as("a wrong option is seen").isNotZero();
    }
}
