package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.policy.SecretForms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret reaches the command that needs it and nothing else: no file, no stream. */
class SecretsIT {
    private static final String SECRET = "s3cr3t-Tok3n-9Q";

    @TempDir
    Path folder;

    @Test
    void isInNoFileAndNoStream() throws Exception {
        Workshop shop = new Workshop(folder);
        Files.writeString(
                shop.folder.resolve("bin/login"),
                "#!/bin/sh\n[ \"$1\" = '" + SECRET + "' ] && touch '" + shop.folder.resolve("got-it") + "'\n"
                        + "echo \"token $1\"; echo \"Password=$2 kept\" >&2\nhead -c 70000 /dev/zero | tr '\\0' x; echo \"$1\"\n"
                        + "printf %s \"$1\" | base64; printf %s \"$1\" | od -An -tx1 | tr -d ' \\n'\n");
        shop.folder.resolve("bin/login").toFile().setExecutable(true);
        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\nredact: [{pattern: '(?i)password=\\S+', replace: 'password=***'}]\n");
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x, inputs: {token: {from: env.TOKEN, sensitive: true}}}\n"
                        + "tree:\n"
                        + "  - step: {id: login, type: cli, title: \"Log in with {{ .token }}\","
                        + " with: {argv: [login, \"{{ .token }}\", hunter2hunter2], env: {T: \"{{ .token }}\"}},"
                        + " capture: {said: stdout, why: stderr}}\n"
                        + "    branches:\n"
                        + "      - {condition: 'said contains \"token\" and token != \"\"', label: In, steps: [{step: {id: ask,"
                        + " type: manual, title: Ask, instructions: \"{{ .token }} {{ .why }}\"}}]}\n");
        Path out = shop.folder.resolve("stdout");
        Path err = shop.folder.resolve("stderr");
        for (String[] arguments : new String[][] {
            {"run", "x.runbook.yaml", "-v"},
            {"run", "x.runbook.yaml", "--output", "json"},
            {"resume", "latest"},
            {"run", "x.runbook.yaml", "--var", "nosuch=" + SECRET}
        }) {
            ProcessBuilder builder = new ProcessBuilder(shop.commandLine(arguments))
                    .directory(shop.folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
            builder.environment().putAll(shop.environment());
            builder.environment().put("TOKEN", SECRET);
            assertThat(builder.start().waitFor()).isIn(2, 8);
        }
        assertThat(shop.folder.resolve("got-it")).exists();
        List<Path> leaks = new ArrayList<>();
        try (var files = Files.walk(shop.folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                boolean ours = file.startsWith(shop.folder.resolve("reports")) || file.equals(out) || file.equals(err);
                for (String form : SecretForms.of(SECRET)) {
                    assertThat(ours && text.contains(form))
                            .as("%s in %s", form, file)
                            .isFalse();
                }
                if (ours && (text.contains(SECRET) || text.contains("Password=hunter2"))) {
                    leaks.add(file);
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(Files.readString(out)).contains("In").contains("password=***");
        assertThat(Files.readString(shop.journal())).contains("\"redacted\":true");
    }

    /**
     * Secrets that nobody declared: of the environment, by name and by policy, of a command that answers with one, and
     * what a template makes of that; printed in every form, to both streams. Then the same, killed.
     */
    @Test
    void secretsThatNobodyDeclaredAreInNoSinkInAnyForm() throws Exception {
        Workshop shop = new Workshop(folder);
        String named = "ghp_Zm9v+bar/42'q\"x";
        String denied = "k3y&of mine<7>";
        String answered = "hvs.CAESIJ-9s2Qk/w+7";
        List<String> secrets = List.of(named, denied, answered, answered.toUpperCase(Locale.ROOT), "CAESIJ-9s2Qk/w+7");
        List<String> forms = new ArrayList<>();
        for (String secret : secrets) {
            forms.addAll(SecretForms.of(secret));
        }
        shop.file("forms", String.join("\n", forms) + "\n");
        shop.standIn("vault", "printf '{\"data\": {\"token\": \"" + answered + "\", \"kind\": \"Opaque\"}}\\n'");
        shop.standIn("leak", "cat forms; cat forms >&2; touch leaked; [ \"$1\" != wait ] || sleep 60");
        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\ndefault: allow\nopaque_commands: allow\ndeny_env_vars: [MY_*]\n");
        String runbook = """
                apiVersion: runbook/v0
                meta: {name: x, inputs: {how: {from: prompt}}}
                tree:
                  - step: {id: get, type: cli, with: {argv: [vault, read, secret/x]}, capture: {token: stdout.data.token}}
                  - step:
                      id: use
                      type: cli
                      title: 'Use {{ .token }} as {{ upper .token }} and {{ trimPrefix .token "hvs." }}'
                      with: {argv: [leak, "{{ .how }}", "{{ upper .token }}"], env: {T: "{{ .token }}"}}
                      capture: {said: stdout}
                    branches:
                      - {condition: 'upper(token) startsWith "HVS"', label: In, steps: [{step: {id: ask, type: manual,
                         impact: none, title: Ask, instructions: "{{ .said }} {{ .token }} {{ lower .token }}"}}]}
                """;
        shop.file("x.runbook.yaml", runbook);
        Path out = shop.folder.resolve("stdout");
        Path err = shop.folder.resolve("stderr");
        for (String[] arguments : new String[][] {
            {"run", "x.runbook.yaml", "-v", "--var", "how=once", "--record", "recorded"},
            {"run", "x.runbook.yaml", "--output", "json", "--var", "how=once"},
            {"audit", "latest", "-v"},
            {"audit", "latest", "--format", "json"},
            {"resume", "latest", "-v"},
            {"run", "x.runbook.yaml", "--mode", "dry-run", "--var", "how=" + named},
            {"plan", "x.runbook.yaml", "-v"},
            {"run", "x.runbook.yaml", "--var", "how=once", "--incident", denied}
        }) {
            assertThat(started(shop, out, err, named, denied, arguments).waitFor())
                    .as(String.join(" ", arguments))
                    .isBetween(0, 8);
        }
        assertThat(shop.ran()).as(Files.readString(out) + Files.readString(err)).contains("vault read secret/x");
        Files.delete(shop.folder.resolve("leaked"));
        Process killed = started(shop, out, err, named, denied, "run", "x.runbook.yaml", "--var", "how=wait");
        Workshop.await("the leak", () -> Files.exists(shop.folder.resolve("leaked")));
        killed.destroyForcibly().waitFor();
        assertThat(started(shop, out, err, named, denied, "resume", "latest").waitFor())
                .isBetween(1, 8);
        assertThat(shop.ran()).contains("leak once " + answered.toUpperCase(Locale.ROOT));
        assertThat(Files.readString(out)).contains("Use *** as ***");
        int seen = 0;
        try (var files = Files.walk(shop.folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                boolean sink = file.startsWith(shop.folder.resolve("reports"))
                        || file.startsWith(shop.folder.resolve("recorded"))
                        || file.equals(out)
                        || file.equals(err);
                String text = sink ? Files.readString(file, StandardCharsets.UTF_8) : "";
                seen += sink ? 1 : 0;
                for (String form : forms) {
                    assertThat(text.contains(form)).as("%s in %s", form, file).isFalse();
                }
                assertThat(text.toLowerCase(Locale.ROOT)).as(file.toString()).doesNotContain("caesij-9s2qk");
            }
        }
        assertThat(seen).isGreaterThan(12);
    }

    private static Process started(Workshop shop, Path out, Path err, String named, String denied, String... arguments)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(shop.commandLine(arguments))
                .directory(shop.folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
        builder.environment().putAll(shop.environment());
        builder.environment().put("GITHUB_TOKEN", named);
        builder.environment().put("MY_KEY", denied);
        return builder.start();
    }

    /** A value that a runbook captures from one that it invoked is under the rules of that one too. */
    @Test
    void whatOneRunbookRedactsStaysOutOfThoseAroundIt() throws Exception {
        Workshop shop = new Workshop(folder);
        shop.standIn("say", "echo \"$1\"");
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        shop.file("up/governance.yaml", """
                apiVersion: governance/v0
                default: allow
                redact: [{pattern: 'parent-\\w+', replace: 'parent-***'}]
                """);
        shop.file("down/governance.yaml", """
                apiVersion: governance/v0
                default: allow
                redact: [{pattern: 'child-\\w+', replace: 'child-***'}]
                """);
        shop.file("up/x.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: x}
                imports: {child: ../down/child.runbook.yaml}
                steps:
                  - {id: a, type: cli, title: T, with: {argv: [say, parent-secret]}, capture: {mine: stdout}}
                  - {id: b, type: invoke, title: T, invoke: {runbook: child, inputs: {handed: "{{ .mine }}"}}, capture: {theirs: said}}
                  - {id: c, type: cli, title: "With {{ .theirs }}", with: {argv: [say, "got {{ .theirs }}"]},
                     outcomes: [{when: 'theirs == "child-secret"', state: resolved, recommendation: "{{ .theirs }}"}]}
                """);
        shop.file("down/child.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: child, inputs: {handed: {from: parent, default: none}}}
                steps:
                  - {id: d, type: cli, title: "{{ .handed }}", with: {argv: [say, child-secret]}, capture: {said: stdout}}
                """);
        Workshop.Result result = shop.gert("run", "up/x.runbook.yaml", "--non-interactive", "-v");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("resolved");
        assertThat(shop.ran()).containsExactly("say parent-secret", "say child-secret", "say got child-secret");
        String journal = Files.readString(shop.journal());
        for (String text : new String[] {
            result.all(), journal, Files.readString(shop.journal().resolveSibling("evidence.json"))
        }) {
            assertThat(text)
                    .contains("child-***")
                    .doesNotContain("child-secret")
                    .doesNotContain("parent-secret");
        }
    }
}
