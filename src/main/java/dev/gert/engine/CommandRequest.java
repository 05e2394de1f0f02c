package dev.gert.engine;

import dev.gert.model.Effect;
import dev.gert.policy.OpenWord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step's command with its templates rendered, on its way to be frozen by the gateway.
 *
 * @param cwd as written, null: the project root
 * @param open the words where some could not be rendered (unit tests only), else null
 * @param flags whether values may become options ({@code args: flags})
 * @param keepStdout whether a capture reads the output
 */
public record CommandRequest(
        List<String> argv,
        @Nullable String cwd,
        Map<String, String> environment,
        @Nullable String stdin,
        @Nullable Effect effect,
        long timeoutMillis,
        @Nullable List<OpenWord> open,
        boolean flags,
        boolean keepStdout) {}
