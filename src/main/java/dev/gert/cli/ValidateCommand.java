package dev.gert.cli;

import dev.gert.diagnostic.Severity;
import dev.gert.render.DiagnosticText;
import dev.gert.scenario.PolicyFiles;
import org.jspecify.annotations.Nullable;

/** {@code gert validate}: static checks (cli.md). */
final class ValidateCommand implements Command {
    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String summary() {
        return "checks runbooks, tests and policies without running anything";
    }

    @Override
    public String example() {
        return "gert validate runbooks";
    }

    @Override
    public void declare(Options options) {
        options.positionals("PATH", "a file, a folder to search, or a glob", 1)
                .texts("--policy", "FILE", "a policy file that narrows further; may be repeated")
                .text("--policy-from-ref", "GITREF", "the policies of that commit hold too: no change loosens its own")
                .flag("--strict", "warnings count as errors")
                .choice("--format", "how the findings are written", Findings.FORMATS);
    }

    @Override
    public int call(Arguments arguments, Io io) {
        String format = arguments.choice("--format");
        boolean strict = arguments.flag("--strict");
        @Nullable String ref = arguments.text("--policy-from-ref");
        Validation.Answer answer = ref == null
                ? check(arguments, null, io)
                : new RefPolicies(io).check(ref, files -> check(arguments, files, io));
        int errors = answer.count(Severity.ERROR);
        int warnings = answer.count(Severity.WARNING);
        int code = answer.unusable() ? Cli.USAGE : errors > 0 || strict && warnings > 0 ? Cli.NEGATIVE : Cli.OK;
        Findings findings = new Findings(answer.findings(), answer.checked(), strict, code);
        String document = findings.document(format);
        if (document != null) {
            io.out().print(document);
            return io.verdict(code);
        }
        io.out()
                .print(findings.lines(
                        format,
                        io.colourOnOut(),
                        io.facts().unicode(),
                        answer.findings().isEmpty() ? 0 : io.widthOfOut()));
        if (!arguments.quiet()) {
            boolean apart = format.equals("text") && !answer.findings().isEmpty();
            io.out((apart ? "\n" : "")
                    + DiagnosticText.summary(errors, warnings, answer.checked().size())
                    + (strict && warnings > 0 ? "; --strict counts warnings as errors" : ""));
        }
        return io.verdict(code);
    }

    private static Validation.Answer check(Arguments arguments, @Nullable PolicyFiles before, Io io) {
        return new Validation(
                        io.cwd(),
                        arguments.files("--policy"),
                        before,
                        Runtime.getRuntime().availableProcessors())
                .check(arguments.positionals());
    }
}
