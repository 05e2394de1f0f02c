package dev.gert.engine;

import dev.gert.model.BlastRadius;
import dev.gert.model.Effect;
import dev.gert.model.Step;
import dev.gert.policy.NamedOperation;
import dev.gert.policy.Need;
import dev.gert.policy.OpenWord;
import dev.gert.policy.ToolCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step's command with its templates rendered, on its way to be frozen by the gateway.
 *
 * @param cwd as written, null: the project root
 * @param effect null: none was declared
 * @param believed whether the effect needs no list to be believed: a tool's own word
 * @param open the words where some could not be rendered (unit tests only), else null
 * @param flags whether values may become options ({@code args: flags})
 * @param keepStdout whether a capture or assertion reads the output
 * @param interactive whether the terminal is the command's
 * @param call what is sent to the program where it is a server; null: it is run for this step
 * @param operation a tool's {@code name:action}, null of any other command
 * @param service what an xts or aws step asks for; its words say the same; null of any other step
 * @param secrets values that must be in no record: they are hidden before anything is made of the command
 * @param wanted the rules of the runbook or tool itself that want a person's yes
 * @param radius as declared, null: nothing is said
 * @param passes the exit codes that are no failure
 * @param retry null: one attempt
 */
public record CommandRequest(
        List<String> argv,
        @Nullable String cwd,
        Map<String, String> environment,
        @Nullable String stdin,
        @Nullable Effect effect,
        boolean believed,
        long timeoutMillis,
        @Nullable List<OpenWord> open,
        boolean flags,
        boolean keepStdout,
        boolean interactive,
        @Nullable ToolCall call,
        @Nullable String operation,
        @Nullable NamedOperation service,
        List<String> secrets,
        List<Need> wanted,
        @Nullable BlastRadius radius,
        Step.ExitCodes passes,
        List<AssertionCheck.Rendered> assertions,
        Step.@Nullable Retry retry) {}
