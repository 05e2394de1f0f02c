package dev.gert.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The texts of {@code --help}. */
final class Help {
    private static final int WIDTH = 100;
    private static final int WIDEST_NAME = 34;

    private Help() {}

    /** What there is: the commands, one line each. */
    static String overview() {
        List<String[]> rows = new ArrayList<>();
        for (String name : Commands.NAMES) {
            Command command = Commands.named(name);
            if (command != null) {
                rows.add(new String[] {name, command.summary()});
            }
        }
        StringBuilder text = new StringBuilder();
        text.append("gert runs operational runbooks under governance.\n\n");
        text.append("usage: gert COMMAND [OPTION...] [ARGUMENT...]\n\n");
        table(rows, text);
        text.append("\n`gert COMMAND --help` says more of one, `gert --version` which gert this is.\n");
        text.append("The name in brackets behind an option is a variable that can stand for it.\n\n");
        text.append("example: gert validate runbooks\n");
        return text.toString();
    }

    /** One command's, with its options and an example. */
    static String of(Command command, CommandSpec spec) {
        StringBuilder text = new StringBuilder();
        text.append("gert ")
                .append(command.name())
                .append(' ')
                .append(command.summary())
                .append(".\n\n");
        text.append("usage: gert ").append(command.name()).append(" [OPTION...]");
        List<String[]> rows = new ArrayList<>();
        for (PositionalParamSpec positional : spec.positionalParameters()) {
            String label = positional.paramLabel();
            boolean many = positional.arity().isVariable();
            String shown = many ? label + "..." : label;
            text.append(' ').append(positional.arity().min() == 0 ? "[" + shown + "]" : shown);
            rows.add(new String[] {label, positional.description()[0]});
        }
        text.append("\n\n");
        table(rows, text);
        text.append(rows.isEmpty() ? "" : "\n");
        rows.clear();
        for (OptionSpec option : spec.options()) {
            String names = String.join(", ", option.names());
            String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            String indent = option.names().length == 1 ? "    " : "";
            rows.add(new String[] {indent + names + value, option.description()[0]});
        }
        table(rows, text);
        return text.append("\nexample: ").append(command.example()).append('\n').toString();
    }

    /** Two columns, the second one folded. */
    private static void table(List<String[]> rows, StringBuilder text) {
        int width = 0;
        for (String[] row : rows) {
            width = row[0].length() <= WIDEST_NAME ? Math.max(width, row[0].length()) : width;
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder("  ").append(row[0]);
            if (row[0].length() > width) {
                text.append(line).append('\n');
                line.setLength(0);
            }
            pad(line, width + 4);
            boolean first = true;
            for (String word : row[1].split(" ", -1)) {
                if (!first && line.length() + 1 + word.length() > WIDTH) {
                    text.append(line).append('\n');
                    line.setLength(0);
                    pad(line, width + 4);
                    first = true;
                }
                line.append(first ? "" : " ").append(word);
                first = false;
            }
            text.append(line).append('\n');
        }
    }

    private static void pad(StringBuilder line, int width) {
        while (line.length() < width) {
            line.append(' ');
        }
    }
}
