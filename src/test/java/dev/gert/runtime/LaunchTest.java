package dev.gert.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't reach a child unchanged does not begin. */
class LaunchTest {
    @Test
    void plainTextPassesEverywhere() {
        assertThat(launch("/bin/x", "a b\n\t*", "/tmp", "v").problem(false)).isNull();
        assertThat(launch("/bin/x", "a b\n\t*", "/tmp", "v").problem(true)).isNull();
    }

    @Test
    void otherTextPassesOnlyAsUtf8() {
        for (Launch launch : List.of(
                launch("/bin/\u00e9", "", "/", ""),
                launch("/bin/x", "\u00e9", "/", ""),
                launch("/bin/x", "", "/\u00e9", ""),
                launch("/bin/x", "", "/", "\uD83D\uDE80"))) {
            assertThat(launch.problem(true)).isNull();
            assertThat(launch.problem(false)).contains("that this session's locale can't carry unchanged");
        }
    }

    @Test
    void nulAndHalvesOfPairsPassNowhere() {
        assertThat(launch("/bin/x", "a\0b", "/", "").problem(true)).startsWith("argument 1 holds a NUL character");
        assertThat(launch("/bin/x", "", "/", "a\0b").problem(true))
                .startsWith("the environment variable `NAME` holds a NUL character");
        assertThat(launch("/bin/x", "\uD83D", "/", "").problem(true)).startsWith("argument 1 holds half a surrogate");
        assertThat(launch("/bin/x", "\uDE80\uD83D", "/", "").problem(true)).isNotNull();
        assertThat(new Launch("/bin/x", List.of(), "/", Map.of(), null, "\uD83D", 1).problem(true))
                .isEqualTo("stdin holds half a surrogate pair, which has no bytes");
        assertThat(new Launch("/bin/x", List.of(), "/", Map.of(), null, "a\0b\u00e9", 1).problem(false))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "LD_PRELOAD",
                "LD_X",
                "BASH_ENV",
                "ENV",
                "IFS",
                "PWD",
                "PPID",
                "_",
                "_gert_go",
                "GLIBC_TUNABLES",
                "BASH_FUNC_x",
                "a.b",
                "a-b",
                "1a",
                "",
                "a=b",
                "\u00e9"
            })
    void someNamesCanNotBeSet(String name) {
        assertThat(ChildEnvironment.problem(Map.of(name, "x"))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a_1", "_x", "PATH_", "TOKEN", "LANG"})
    void othersCan(String name) {
        assertThat(ChildEnvironment.problem(Map.of(name, "x"))).isNull();
    }

    @Test
    void theEnvironmentIsMadeInOrderAndWhatIsWithheldGoesLast() {
        ChildEnvironment environment =
                new ChildEnvironment(List.of("HOME", "LC_*", "AWS_X"), "/bin", name -> name.startsWith("AWS_"));
        Map<String, String> actual = new HashMap<>(Map.of(
                "HOME",
                "/h",
                "LC_TIME",
                "t",
                "LCX",
                "x",
                "AWS_X",
                "x",
                "PATH",
                "/evil",
                "TRACEPARENT",
                "old",
                "LD_PRELOAD",
                "x"));
        environment.apply(actual, null, Map.of("AWS_Y", "y", "MINE", "m", "HOME", "/other"));
        assertThat(actual).isEqualTo(Map.of("HOME", "/other", "LC_TIME", "t", "PATH", "/bin", "MINE", "m"));
    }

    private static Launch launch(String program, String argument, String cwd, String value) {
        return new Launch(program, List.of(argument), cwd, Map.of("NAME", value), null, null, 1);
    }
}
