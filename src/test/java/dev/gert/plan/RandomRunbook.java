package dev.gert.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** A small runbook of every kind of node, as JSON, which YAML reads. Equal seeds give equal runbooks. */
final class RandomRunbook {
    private static final int MOST_STEPS = 14;

    private final Random random;
    private int steps;
    private String side = "";
    private boolean ending;
    /** In the order of the text; names that were captured in one side of a parallel stand for nothing outside. */
    private final List<String> given = new ArrayList<>();

    private RandomRunbook(long seed) {
        random = new Random(seed);
    }

    static String of(long seed) {
        RandomRunbook book = new RandomRunbook(seed);
        return "{\"apiVersion\": \"runbook/v0\", \"meta\": {\"name\": \"x\", \"vars\": {\"v\": \"1\"}, \"inputs\": "
                + "{\"o\": {\"from\": \"prompt\", \"required\": false}}}, \"tree\": "
                + book.nodes(0, 2 + book.random.nextInt(3)) + "}";
    }

    private String nodes(int depth, int count) {
        return list(count, () -> node(depth));
    }

    private String node(int depth) {
        int kind = random.nextInt(depth > 2 || steps > MOST_STEPS ? 10 : 14);
        String below = kind < 10 ? "" : "\"steps\": ";
        return switch (kind) {
            case 10 -> "{\"iterate\": {\"max\": 3, \"until\": " + condition() + ", " + below + some(depth) + "}}";
            case 11 -> "{\"iterate\": {\"over\": " + template() + ", \"as\": \"item\", " + below + some(depth) + "}}";
            case 12 -> parallel(depth);
            default -> step(depth);
        };
    }

    private String some(int depth) {
        return nodes(depth + 1, 1 + random.nextInt(2));
    }

    /** Each side has names of its own, since sides may not share any. */
    private String parallel(int depth) {
        if (!side.isEmpty()) {
            return step(depth);
        }
        List<String> sides = new ArrayList<>();
        for (String name : List.of("l", "r")) {
            side = name;
            sides.add("{\"label\": \"" + name + "\", \"steps\": " + some(depth) + "}");
        }
        side = "";
        return "{\"parallel\": {\"fail_fast\": " + random.nextBoolean() + ", \"branches\": [" + String.join(", ", sides)
                + "]}}";
    }

    private String step(int depth) {
        int number = steps++;
        StringBuilder step = new StringBuilder("{\"step\": {\"id\": \"s" + number + "\", ");
        int kind = random.nextInt(6);
        if (kind == 0) {
            step.append("\"type\": \"manual\", \"instructions\": ").append(template());
            if (random.nextBoolean()) {
                step.append(", \"choices\": {\"variable\": \"")
                        .append(captured())
                        .append("\", \"prompt\": \"which\", \"options\": [")
                        .append("{\"value\": \"1\", \"label\": \"one\"}, {\"value\": \"2\", \"label\": \"two\"}]}");
            }
        } else if (kind == 1) {
            step.append("\"type\": \"invoke\", \"invoke\": {\"runbook\": \"child\", \"inputs\": {\"given\": ")
                    .append(template())
                    .append("}}, \"gate\": {\"on_error\": \"skip\"}");
            capture(step, "got");
        } else {
            step.append("\"type\": \"cli\", \"title\": ")
                    .append(template())
                    .append(", \"with\": {\"argv\": [\"do\", ")
                    .append(template())
                    .append("], \"args\": \"flags\"}");
            capture(step, "stdout");
            if (random.nextInt(6) == 0) {
                step.append(", \"precondition\": {\"skip_if_succeeds\": ")
                        .append(random.nextBoolean())
                        .append(", \"check\": [\"ask\", ")
                        .append(template())
                        .append("], \"message\": ")
                        .append(template())
                        .append('}');
            }
            if (random.nextInt(6) == 0) {
                step.append(", \"assertions\": [{\"not_contains\": ")
                        .append(template())
                        .append("}]");
            }
        }
        if (random.nextInt(5) == 0) {
            step.append(", \"when\": ").append(condition());
        }
        if (!ending && random.nextInt(5) == 0) {
            step.append(", \"outcomes\": ").append(list(1 + random.nextInt(2), this::outcome));
        }
        if (depth < 3 && random.nextInt(6) == 0) {
            boolean before = ending;
            ending = true;
            step.append(", \"finally\": ").append(some(depth));
            ending = before;
        }
        step.append('}');
        if (depth < 3 && random.nextInt(3) == 0) {
            int[] label = {0};
            step.append(", \"branches\": ").append(list(1 + random.nextInt(3), () -> arm(depth, label[0]++)));
        }
        return step.append('}').toString();
    }

    private void capture(StringBuilder step, String from) {
        if (random.nextInt(3) > 0) {
            step.append(", \"capture\": {\"")
                    .append(captured())
                    .append("\": \"")
                    .append(from)
                    .append("\"}");
        }
    }

    private String outcome() {
        String when = random.nextInt(3) == 0 ? "" : "\"when\": " + condition() + ", ";
        return "{" + when + "\"state\": \"resolved\", \"recommendation\": " + template() + "}";
    }

    private String arm(int depth, int label) {
        return "{\"condition\": " + condition() + ", \"label\": \"" + label + "\", \"steps\": " + some(depth) + "}";
    }

    private String condition() {
        String name = name();
        return switch (random.nextInt(9)) {
            case 0 -> quoted("true");
            case 1, 2 -> quoted(name + " == '1'");
            case 3, 4 -> quoted(name + " != '1'");
            case 5 -> quoted(name + " == '1' or " + name() + " == '2'");
            case 6 -> quoted("default('1', " + name + ") == '1'");
            case 7 -> quoted("not (" + name + " == '1' and " + name() + " == '2')");
            default -> quoted("{{ eq ." + name + " \"2\" }}");
        };
    }

    private String template() {
        return switch (random.nextInt(6)) {
            case 0 -> quoted("{{ ." + name() + " }}");
            case 1 -> quoted("{{ ." + name() + " | default \"1\" }}");
            case 2 -> quoted("{{ or ." + name() + " ." + name() + " }}");
            default -> quoted("1");
        };
    }

    private String name() {
        return switch (random.nextInt(12)) {
            case 0 -> "v";
            case 1 -> "o";
            case 2 -> "iteration";
            default -> {
                List<String> here =
                        given.stream().filter(each -> each.endsWith(side)).toList();
                yield here.isEmpty() ? "v" : here.get(random.nextInt(here.size()));
            }
        };
    }

    private String captured() {
        String name = "abc".charAt(random.nextInt(3)) + side;
        given.add(name);
        return name;
    }

    private static String list(int count, Supplier<String> item) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item.get());
        }
        return "[" + String.join(", ", items) + "]";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\\"") + '"';
    }
}
