package dev.gert.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Dispatcher;
import dev.gert.policy.Captured;
import dev.gert.runtime.RunEnd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One token in, one token out, whatever a value holds; none becomes an option, a template or another command. */
class TokensTest {
    private static final String RUNBOOK = """
            apiVersion: runbook/v0
            meta: {name: x, inputs: {v: {from: prompt}}}
            steps:
              - {id: a, type: cli, with: {ARGS argv: [change, "{{ .v }}", "--to={{ .v }}", end]}, capture: {w: stdout}}
              - {id: b, type: cli, with: {ARGS argv: [change, "{{ .w }}"]}}
            """;

    private final List<List<String>> made = new ArrayList<>();

    private RunEnd run(String value, String args) {
        EngineFixture fixture = EngineFixture.of(RUNBOOK.replace("ARGS", args), "apiVersion: governance/v0\n");
        fixture.inputs.put("v", Captured.recorded(value, false));
        fixture.result = order -> {
            made.add(order.command().argv());
            return new Dispatcher.Result.Exited(0, value, "", null, null);
        };
        return fixture.start();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a\tb",
                "a\nb",
                "'",
                "\"",
                "\\",
                "*",
                "?",
                "~",
                "$(danger)",
                "`danger`",
                "${IFS}",
                "; danger",
                "| danger",
                "&& danger",
                "> /etc/passwd",
                "{{ .v }}",
                "{{ danger }}",
                "}}",
                "{{",
                "%s",
                "#",
                "=",
                "é",
                "\u202e",
                "\uD83D\uDE00",
                "../../etc/passwd",
                "@file",
                "a--b",
                "\u001b[2J",
                "x -rf /"
            })
    void aValueIsOneToken(String value) {
        assertThat(run(value, "").exitCode()).isZero();
        assertThat(made).containsExactly(List.of("change", value, "--to=" + value, "end"), List.of("change", value));
    }

    @Test
    void fourMegabytesAreOneToken() {
        String value = "x ".repeat(2 << 20);

        assertThat(run(value, "").exitCode()).isZero();
        assertThat(made.get(0).get(1)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "--", "-r", "--force", "-rf /", "--to=x"})
    void aValueThatLooksLikeAnOptionIsRefusedUnlessTheStepTakesOptions(String value) {
        assertThat(run(value, "").exitCode()).isEqualTo(4);
        assertThat(made).isEmpty();

        assertThat(run(value, "args: flags,").exitCode()).isZero();
        assertThat(made.get(0)).containsExactly("change", value, "--to=" + value, "end");
    }
}
