package dev.gert.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A runbook full of branches that depend on what commands print and people choose, as JSON, which YAML
 * reads. Equal seeds give equal runbooks.
 */
final class RandomBranches {
    /** A value of each of these is what its conditions ask about. */
    static final List<String> VALUES =
            List.of("", "0", "1", "2", "3", "7", "10", "a", "ab", "abc", "b", "up", "down", "gw-1", "x y", "other");

    private static final int MOST_STEPS = 12;

    private final Random random;
    private final List<String> names = new ArrayList<>(List.of("v", "server", "level"));
    private int steps;
    private int labels;
    private boolean ending;
    private final boolean services;

    private RandomBranches(long seed, boolean services) {
        this.services = services;
        random = new Random(seed);
    }

    static String of(long seed) {
        return of(seed, false);
    }

    /** {@code services}: whether a part of its steps asks services. */
    static String of(long seed, boolean services) {
        RandomBranches book = new RandomBranches(seed, services);
        return "{\"apiVersion\": \"runbook/v0\", \"meta\": {\"name\": \"x\", \"xts\": {\"environment\": \"prod\"}, \"vars\": {\"v\": \"1\"}, \"inputs\": "
                + "{\"server\": {\"from\": \"prompt\", \"pattern\": \"^gw-[0-9]+$\"}, \"level\": {\"from\": \"prompt\","
                + " \"default\": \"2\"}}}, \"imports\": {\"child\": \"child.runbook.yaml\"}, \"tree\": "
                + book.nodes(0, 2 + book.random.nextInt(2)) + "}";
    }

    /** What steps of the others may invoke. */
    static String child() {
        return "{\"apiVersion\": \"runbook/v0\", \"meta\": {\"name\": \"child\", \"inputs\": {\"given\": {\"from\":"
                + " \"prompt\"}}}, \"tree\": [{\"step\": {\"id\": \"ask\", \"type\": \"cli\", \"with\": {\"argv\":"
                + " [\"ask\", \"{{ .given }}\"], \"args\": \"flags\"}, \"capture\": {\"got\": \"stdout\"}, \"outcomes\":"
                + " [{\"when\": \"given == 'a'\", \"state\": \"no_action\"}, {\"when\": \"got == 'up'\", \"state\":"
                + " \"resolved\"}]}}]}";
    }

    private String nodes(int depth, int count) {
        return list(count, () -> node(depth));
    }

    private String node(int depth) {
        int kind = random.nextInt(depth > 2 || steps > MOST_STEPS ? 10 : 13);
        return switch (kind) {
            case 10 ->
                "{\"iterate\": {\"max\": 3, \"until\": " + condition() + ", \"steps\": " + nodes(depth + 1, 1) + "}}";
            case 11 -> over(depth);
            default -> step(depth);
        };
    }

    private String over(int depth) {
        String list = random.nextBoolean() ? quoted("a,b,up") : quoted("{{ ." + name() + " }}");
        names.add("item");
        String body = nodes(depth + 1, 1);
        names.remove("item");
        return "{\"iterate\": {\"over\": " + list + ", \"as\": \"item\", \"steps\": " + body + "}}";
    }

    private String step(int depth) {
        int number = steps++;
        List<String> given = new ArrayList<>();
        StringBuilder step = new StringBuilder("{\"step\": {\"id\": \"s" + number + "\", ");
        int kind = random.nextInt(8);
        if (kind < 2) {
            step.append("\"type\": \"manual\", \"instructions\": \"look\"");
            if (kind == 0) {
                given.add("chosen" + number);
                step.append(", \"choices\": {\"variable\": \"chosen" + number + "\", \"prompt\": \"which\", ")
                        .append("\"options\": [{\"value\": \"a\", \"label\": \"one\"}, {\"value\": \"2\", \"label\":")
                        .append(" \"two\"}, {\"value\": \"up\", \"label\": \"three\"}]}");
            }
        } else if (kind == 2) {
            step.append("\"type\": \"invoke\", \"invoke\": {\"runbook\": \"child\", \"inputs\": {\"given\": ")
                    .append(quoted(random.nextBoolean() ? "a" : "{{ ." + name() + " }}"))
                    .append("}}, \"gate\": {\"stop_if\": [\"resolved\"]}, \"capture\": {\"got")
                    .append(number)
                    .append("\": \"got\"}");
            given.add("got" + number);
        } else if (services && kind > 5) {
            service(step, number, given);
        } else {
            command(step, number, given);
        }
        if (random.nextInt(6) == 0) {
            step.append(", \"when\": ").append(condition());
        }
        names.addAll(given);
        if (!ending && random.nextInt(4) == 0) {
            step.append(", \"outcomes\": ").append(list(1 + random.nextInt(2), () -> outcome(depth)));
        }
        if (depth < 3 && random.nextInt(8) == 0) {
            boolean before = ending;
            ending = true;
            step.append(", \"finally\": ").append(nodes(depth + 1, 1));
            ending = before;
        }
        step.append('}');
        if (depth < 3 && random.nextInt(2) == 0) {
            step.append(", \"branches\": ").append(list(1 + random.nextInt(3), () -> arm(depth)));
        }
        return step.append('}').toString();
    }

    private void service(StringBuilder step, int number, List<String> given) {
        boolean aws = random.nextInt(3) == 0;
        step.append(
                aws
                        ? "\"type\": \"aws\", \"aws\": {\"service\": \"sts\", \"operation\": \"GetIt\"}"
                        : "\"type\": \"xts\", \"xts\": {\"mode\": \"query\", \"query_type\": \"sql\", \"query\": \"q\"}");
        List<String> sources = aws
                ? List.of("Account", "$.Arn", "$.Tags[1].Value", "$.Names[*]")
                : List.of("row_count", "$.data[0].a", "$.data[2].b", "$.data[*].c", "stdout");
        List<String> captures = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            given.add("c" + number + "_" + i);
            captures.add(quoted("c" + number + "_" + i) + ": " + quoted(sources.get(random.nextInt(sources.size()))));
        }
        step.append(", \"capture\": {").append(String.join(", ", captures)).append('}');
        if (random.nextInt(8) == 0) {
            step.append(", \"assertions\": [{\"contains\": \"up\"}]");
        }
    }

    private void command(StringBuilder step, int number, List<String> given) {
        step.append("\"type\": \"cli\", \"with\": {\"argv\": [\"do\", \"").append(number);
        if (random.nextInt(3) == 0) {
            step.append("\", \"{{ ." + name() + " }}");
        }
        step.append("\"], \"args\": \"flags\"}, \"capture\": {");
        List<String> captures = new ArrayList<>();
        String[] sources = {"stdout", "stderr", "exit_code", "$.a.b", "$.list[1].c", "$.n"};
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            // Now and then a name that an earlier step gave a value.
            String name = random.nextInt(6) == 0 ? "again" : "c" + number + "_" + i;
            if (!given.contains(name)) {
                given.add(name);
                captures.add(quoted(name) + ": " + quoted(sources[random.nextInt(sources.length)]));
            }
        }
        step.append(String.join(", ", captures)).append('}');
        if (random.nextInt(3) == 0) {
            step.append(", \"exit_codes\": ").append(random.nextBoolean() ? "\"any\"" : "[0, 3]");
        }
        if (random.nextInt(8) == 0) {
            step.append(", \"assertions\": [{\"contains\": \"up\"}]");
        }
        if (random.nextInt(8) == 0) {
            step.append(", \"precondition\": {\"check\": [\"test\", \"" + number + "\"], \"skip_if_succeeds\": ")
                    .append(random.nextBoolean())
                    .append('}');
        }
    }

    private String outcome(int depth) {
        String when = depth > 0 && random.nextInt(4) == 0 ? "" : "\"when\": " + condition() + ", ";
        return "{" + when + "\"state\": \""
                + List.of("resolved", "escalated", "needs_rca").get(random.nextInt(3)) + "\"}";
    }

    private String arm(int depth) {
        int known = names.size();
        String arm = "{\"condition\": " + condition() + ", \"label\": \"L" + labels++ + "\", \"steps\": "
                + nodes(depth + 1, 1 + random.nextInt(2)) + "}";
        // What an arm gives a value is seldom asked about behind it.
        if (random.nextInt(5) > 0) {
            names.subList(known, names.size()).clear();
        }
        return arm;
    }

    private String condition() {
        return quoted(condition(0));
    }

    private String condition(int depth) {
        String name = name();
        return switch (random.nextInt(depth > 1 ? 13 : 17)) {
            case 0, 1, 2 -> name + " == " + literal();
            case 3 -> name + " != " + literal();
            case 4 -> name + " > " + random.nextInt(12);
            case 5 -> name + " <= " + random.nextInt(12) + " and " + name + " >= 0";
            case 6 -> name + " contains " + literal();
            case 7 -> name + " startsWith " + literal() + " and " + name + " endsWith " + literal();
            case 8 -> name + " in ['a', '2', 'up']";
            case 9 -> name + " matches '^[a-c]+[0-9]{2}$'";
            case 10 -> "len(" + name + ") > " + random.nextInt(4);
            case 11 -> name + " == " + name();
            case 12 -> "lower(" + name + ") == 'up'";
            case 13 -> "(" + condition(depth + 1) + ") or (" + condition(depth + 1) + ")";
            case 14 -> "(" + condition(depth + 1) + ") and (" + condition(depth + 1) + ")";
            case 15 -> "not (" + condition(depth + 1) + ")";
            default -> "default('2', " + name + ") == " + literal();
        };
    }

    private String literal() {
        return "'" + VALUES.get(random.nextInt(VALUES.size())) + "'";
    }

    private String name() {
        // What was captured last is asked about most.
        int size = names.size();
        return names.get(random.nextBoolean() ? size - 1 - random.nextInt(Math.min(3, size)) : random.nextInt(size));
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
