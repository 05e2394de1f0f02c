package dev.gert.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.model.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInListsTest {
    private static List<String> lines(String file) {
        try (InputStream in = requireNonNull(BuiltInLists.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> entries(String file) {
        return lines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** Entries follow what is said of them: a paragraph never begins with one, but for tables of one kind of fact. */
    @ParameterizedTest
    @ValueSource(strings = {"reads.txt", "opaque.txt", "environment.txt", "aws.txt", "wrappers.txt", "shells.txt"})
    void everyEntrySaysWhereTheFactComesFrom(String file) {
        String before = "";
        for (String line : lines(file)) {
            assertThat(line).isEqualTo(line.strip()).matches("[ -~]*").doesNotContain("  ");
            if (!line.isEmpty() && !line.startsWith("#")) {
                assertThat(before.isEmpty() && !file.equals("aws.txt"))
                        .as("before `%s`", line)
                        .isFalse();
            }
            before = line;
        }
        assertThat(entries(file)).hasSizeGreaterThan(7).doesNotHaveDuplicates();
    }

    static List<String> readForms() {
        return entries("reads.txt").stream()
                .filter(line -> !line.startsWith("listed "))
                .toList();
    }

    /** A form that reads starts nothing: were it opaque, it would never be believed. */
    @ParameterizedTest
    @MethodSource("readForms")
    void aFormThatReadsIsBelievedAndNotOpaque(String form) {
        List<String> argv = new ArrayList<>();
        for (String word : BuiltInLists.words(form)) {
            if (word.equals("not")) {
                break;
            }
            argv.add(word.replace("*", "x"));
        }
        ResolvedCommand command = Layers.command(argv, "/usr/bin/" + argv.get(0), null, Effect.READ);
        Policy floor = Policy.meet(List.of());
        assertThat(floor.believesRead(command)).isTrue();
        assertThat(floor.decide(command).word()).isEqualTo("allow");
    }

    static List<String> plainForms() {
        return entries("opaque.txt").stream()
                .filter(line -> line.startsWith("plain "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("plainForms")
    void aPlainFormIsOfAProgramThatIsListed(String line) {
        String program = BuiltInLists.words(line).get(1);
        List<String> names = new ArrayList<>();
        for (String entry : entries("opaque.txt")) {
            if (!entry.startsWith("plain ")) {
                names.addAll(BuiltInLists.words(entry));
            }
        }
        assertThat(names).contains(program);
    }

    /** What can't be read of a wrapper is opaque, so each of them is known to start programs. */
    @Test
    void everyWrapperIsOpaqueWhereItCantBeRead() {
        assertThat(BuiltInLists.wrappers()).hasSizeGreaterThan(20);
        for (String name : BuiltInLists.wrappers().keySet()) {
            assertThat(BuiltInLists.opaque().knows(name)).as(name).isEqualTo(Match.YES);
            assertThat(Policy.meet(List.of(Layers.governance("g.yaml", "default: allow\n")))
                            .decide(Layers.command(
                                    List.of(name, "--no-such-option", "ls"), "/bin/" + name, null, Effect.READ))
                            .word())
                    .as(name)
                    .isEqualTo("deny");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LD_PRELOAD",
                "LD_LIBRARY_PATH",
                "BASH_ENV",
                "ENV",
                "PATH",
                "JAVA_TOOL_OPTIONS",
                "_JAVA_OPTIONS",
                "AWS_CONFIG_FILE",
                "AWS_SHARED_CREDENTIALS_FILE",
                "AWS_ENDPOINT_URL_S3",
                "GIT_SSH_COMMAND",
                "GIT_CONFIG_COUNT",
                "PYTHONPATH",
                "PERL5OPT",
                "RUBYOPT",
                "NODE_OPTIONS",
                "KUBECONFIG",
                "DOCKER_HOST",
                "EDITOR",
                "KUBE_EDITOR",
                "LESSOPEN",
                "https_proxy",
                "DYLD_INSERT_LIBRARIES",
                "ld_preload",
                "HOME",
                "BASH_FUNC_ls%%",
                "GERT_POLICY",
                "IFS",
                "TAR_OPTIONS",
                "APT_CONFIG",
                "DPKG_ROOT",
                "DEBCONF_FRONTEND",
                "DEB_BUILD_OPTIONS",
                "GNUPGHOME",
                "NMAPDIR",
                "CCACHE_PREFIX",
                "DISTCC_HOSTS",
                "CPATH",
                "LIBRARY_PATH"
            })
    void variablesThatChangeWhatAProgramDoes(String name) {
        RulePlace rule = Policy.meet(List.of()).deniesEnvironment(name);
        assertThat(requireNonNull(rule).describe())
                .isEqualTo("variables that change what a program does (built-in environment list)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REGION",
                "LC_ALL",
                "TZ",
                "AWS_REGION",
                "AWS_PROFILE",
                "NODE_ENV",
                "TF_VAR_x",
                "MY_PATH",
                "OLD",
                "APP_HOME"
            })
    void variablesThatARunbookMaySet(String name) {
        assertThat(Policy.meet(List.of()).deniesEnvironment(name)).isNull();
    }

    @Test
    void policiesDenyMoreVariables() {
        Policy policy = Policy.meet(List.of(
                Layers.governance("g.yaml", "deny_env_vars: ['AWS_SECRET_*', '*_TOKEN']\n"),
                Layers.runbook("r.yaml", "{deny_env_vars: ['x?']}")));
        assertThat(requireNonNull(policy.deniesEnvironment("aws_secret_key")).describe())
                .isEqualTo("deny_env_vars \"AWS_SECRET_*\" (g.yaml:2)");
        assertThat(requireNonNull(policy.withholdsEnvironment("MY_TOKEN")).describe())
                .isEqualTo("deny_env_vars \"*_TOKEN\" (g.yaml:2)");
        assertThat(requireNonNull(policy.withholdsEnvironment("X1")).describe())
                .isEqualTo("deny_env_vars \"x?\" (r.yaml:1)");
        assertThat(policy.withholdsEnvironment("PATH")).as("children get it").isNull();
        assertThat(policy.withholdsEnvironment("X12")).isNull();
    }

    @Test
    void optionsAreMetInEveryShape() {
        assertThat(meets("-o", "-o", "-ro", "-of", "-xoy")).isTrue();
        assertThat(meets("-o", "-r", "--o", "--only", "o", "-", "", "-O")).isFalse();
        assertThat(meets("-exec", "-exec", "-execdir", "--exec")).isTrue();
        assertThat(meets("-exec", "-exe", "exec", "-e")).isFalse();
        assertThat(meets("--output", "--output", "--output=x", "--out", "--o", "--o=x", "--output-x"))
                .isTrue();
        assertThat(meets("--cache-dir", "--cache_dir=x", "--cache-d")).isTrue();
        assertThat(meets("--output", "--oneline", "--", "-output", "output", "--input"))
                .isFalse();
        assertThat(meets("=*=*", "a=b", "=")).isTrue();
        assertThat(meets("=exec", "Exec", "exec2")).isFalse();
    }

    private static boolean meets(String option, String... words) {
        boolean first = OptionSpec.of(option).meets(words[0], true) == Match.YES;
        for (String word : words) {
            assertThat(OptionSpec.of(option).meets(word, true))
                    .as("%s, %s", option, word)
                    .isEqualTo(Match.of(first));
        }
        return first;
    }
}
