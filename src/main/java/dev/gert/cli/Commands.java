package dev.gert.cli;

import dev.gert.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that there are. */
final class Commands {
    /** In the order in which help lists them. */
    static final List<String> NAMES = List.of(
            "run",
            "resume",
            "approve",
            "deny",
            "decide",
            "retry",
            "status",
            "handover",
            "report",
            "audit",
            "verify",
            "runs",
            "stats",
            "trace",
            "evidence",
            "ui",
            "plan",
            "graph",
            "validate",
            "test",
            "coverage",
            "explain",
            "schema",
            "init",
            "doctor",
            "help");

    /** Commands of the contract that this version does not have. */
    private static final List<String> LATER = List.of("elevations", "completion");

    private Commands() {}

    /** The command of that name, or null. */
    static @Nullable Command named(String name) {
        return switch (name) {
            case "validate" -> new ValidateCommand();
            case "run", "exec" -> new RunCommand();
            case "resume" -> new ResumeCommand();
            case "approve" -> new ApproveCommand(true);
            case "deny" -> new ApproveCommand(false);
            case "decide" -> new DecideCommand();
            case "retry" -> new RetryCommand();
            case "status" -> new StatusCommand();
            case "handover" -> new HandoverCommand();
            case "test" -> new TestCommand();
            case "coverage" -> new CoverageCommand();
            case "explain" -> new ExplainCommand();
            case "schema" -> new SchemaCommand();
            case "plan" -> new PlanCommand();
            case "report" -> new ReportCommand();
            case "audit" -> new AuditCommand();
            case "verify" -> new VerifyCommand();
            case "ui" -> new UiCommand();
            case "evidence" -> new EvidenceCommand();
            case "trace" -> new TraceCommand();
            case "runs" -> new RunsCommand();
            case "stats" -> new StatsCommand();
            case "doctor" -> new DoctorCommand();
            case "graph" -> new GraphCommand();
            case "init" -> new InitCommand();
            case "help" -> new HelpCommand();
            default -> null;
        };
    }

    /** What is wrong with a first argument that is no command. */
    static UsageException unknown(String first) {
        if (LATER.contains(first)) {
            return new UsageException("`gert " + first + "` is not part of this version", null);
        }
        if (first.startsWith("-")) {
            return new UsageException(
                    "`" + first + "` stands where the command should", "options follow the command; see `gert help`");
        }
        String nearest = Suggestions.nearest(first, candidates());
        return new UsageException(
                "there is no command `" + first + "`",
                nearest == null ? "`gert help` lists the commands" : "did you mean `" + nearest + "`?");
    }

    private static List<String> candidates() {
        List<String> candidates = new ArrayList<>(NAMES);
        candidates.add("exec");
        return candidates;
    }
}
