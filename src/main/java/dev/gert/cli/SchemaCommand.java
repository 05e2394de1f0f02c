package dev.gert.cli;

import dev.gert.diagnostic.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code gert schema KIND}: the JSON Schema (2020-12) of a kind of file, for editors (cli.md). */
final class SchemaCommand implements Command {
    /** The kinds, each with the files it is for. */
    static final List<String[]> KINDS = List.of(
            new String[] {"runbook", "*.runbook.yaml: the steps and where they lead"},
            new String[] {"test", "*.test.yaml: unit tests of a runbook's branches"},
            new String[] {"expected", "expected.yaml of a scenario: what a replay must come to"},
            new String[] {"scenario", "scenario.yaml: recorded commands, evidence, decisions"},
            new String[] {"scenario-test", "test.yaml of a scenario: the older form of expected.yaml"},
            new String[] {"inputs", "inputs.yaml of a scenario and --vars files: values by name"},
            new String[] {"governance", "governance.yaml: what may run"},
            new String[] {"roster", "roster.yaml: who may say yes"},
            new String[] {"tool", "*.tool.yaml: a program's actions"},
            new String[] {"provider", "*.provider.yaml: a program that answers inputs"},
            new String[] {"project", "gert.yaml: a project's settings"},
            new String[] {"coverage", "what gert coverage --format json prints"},
            new String[] {"runs", "what gert runs --json prints"},
            new String[] {"stats", "what gert stats --json prints"},
            new String[] {"evidence", "evidence.json of a run's folder"});

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public String summary() {
        return "prints the JSON Schema of a kind of file, for editors";
    }

    @Override
    public String example() {
        return "gert schema runbook";
    }

    @Override
    public void declare(Options options) {
        options.positionals("KIND", "the kind of file; without one, the kinds are listed", 0);
    }

    @Override
    public int call(Arguments arguments, Io io) {
        List<String> kinds = arguments.positionals();
        if (kinds.isEmpty()) {
            io.out().print(list());
            return io.verdict(Cli.OK);
        }
        String kind = kinds.get(0);
        List<String> known = new ArrayList<>();
        for (String[] row : KINDS) {
            known.add(row[0]);
        }
        if (!known.contains(kind)) {
            String nearest = Suggestions.didYouMean(kind, known);
            throw new UsageException(
                    "there is no kind of file `" + kind + "`",
                    (nearest.isEmpty() ? "" : nearest + " ") + "the kinds are " + String.join(", ", known));
        }
        if (kinds.size() > 1) {
            throw new UsageException("`gert schema` prints one schema at a time", null);
        }
        io.out().print(text(kind));
        return io.verdict(Cli.OK);
    }

    private static String list() {
        StringBuilder text = new StringBuilder();
        for (String[] row : KINDS) {
            text.append(row[0]);
            for (int i = row[0].length(); i < 15; i++) {
                text.append(' ');
            }
            text.append(row[1]).append('\n');
        }
        return text.toString();
    }

    /** The schema of one of {@link #KINDS}. */
    static String text(String kind) {
        String name = "/dev/gert/schema/" + kind + ".json";
        try (InputStream in = SchemaCommand.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the schema " + name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
