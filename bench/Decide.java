import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Effect;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.ResolvedCommand;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a policy of 500 rules costs: {@code java -cp target/gert.jar bench/Decide.java [ROUNDS]}. A decision, warm; and a
 * thousand runbooks validated under it and under a small one. Judges nothing unless {@code GERT_BENCH_CHECK=1} asks it
 * to fail where a budget is passed.
 */
public final class Decide {
    private static final String[] VERBS = {"get", "describe", "delete", "apply", "restart", "stop", "drain", "list"};

    private static boolean passed = true;

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        System.out.println("Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors()
                + " processors, medians of " + rounds);
        decisions(rounds);
        validations(rounds);
        if (!passed && "1".equals(System.getenv("GERT_BENCH_CHECK"))) {
            System.exit(1);
        }
    }

    /** 500 rules of every kind, none of which fits what the runbooks do, so that all are asked. */
    private static String rules() {
        StringBuilder text = new StringBuilder("apiVersion: governance/v0\ndeny_commands:\n");
        for (int i = 0; i < 200; i++) {
            String verb = VERBS[i % VERBS.length];
            text.append("  - '")
                    .append(
                            switch (i % 5) {
                                case 0 -> "tool-" + i;
                                case 1 -> "Remove-Thing" + i + "*";
                                case 2 -> "kubectl " + verb + " secret" + i + " *";
                                case 3 -> "*drop table t" + i + "*";
                                default -> "service" + i + ":Delete*";
                            })
                    .append("'\n");
        }
        text.append("allow_commands:\n  - 'kubectl *'\n  - systemctl\n  - sudo\n  - timeout\n  - aws\n  - df\n");
        for (int i = 0; i < 144; i++) {
            text.append("  - '").append(i % 2 == 0 ? "other-" + i + " *" : "allowed-" + i).append("'\n");
        }
        text.append("require_approval_for:\n");
        for (int i = 0; i < 100; i++) {
            text.append("  - {pattern: '")
                    .append(i % 2 == 0 ? "Set-" + i + "*" : "helm upgrade release" + i + " *")
                    .append("'}\n");
        }
        text.append("read_commands:\n");
        for (int i = 0; i < 50; i++) {
            text.append("  - 'look-").append(i).append(" *'\n");
        }
        return text.toString();
    }

    private static List<ResolvedCommand> commands() {
        List<List<String>> lines = new ArrayList<>();
        for (String verb : VERBS) {
            lines.add(List.of("kubectl", verb, "pods", "-n", "production", "--output=json"));
            lines.add(List.of("systemctl", verb, "login-gateway.service"));
            lines.add(List.of("sudo", "-u", "app", "systemctl", verb, "login-gateway.service"));
            lines.add(List.of("timeout", "30", "kubectl", verb, "nodes"));
            lines.add(List.of("aws", "ec2", verb + "-instances", "--region", "westeurope", "--filters", "Name=tag:x"));
        }
        List<ResolvedCommand> commands = new ArrayList<>();
        for (List<String> line : lines) {
            String program = "/usr/bin/" + line.get(0);
            commands.add(new ResolvedCommand(
                    line, program, program, null, "/", Map.of(), null, Effect.IDEMPOTENT, 1000));
        }
        return commands;
    }

    private static void decisions(int rounds) {
        Diagnostics diagnostics = new Diagnostics();
        PolicyLayer layer = PolicyLayer.read(Source.of("governance.yaml", rules()), diagnostics);
        if (layer == null) {
            throw new IllegalStateException(diagnostics.sorted().toString());
        }
        Policy policy = Policy.meet(List.of(layer));
        List<ResolvedCommand> commands = commands();
        int denied = 0;
        double[] micros = new double[rounds];
        for (int round = -3; round < rounds; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                for (ResolvedCommand command : commands) {
                    denied += policy.decide(command).word().equals("deny") ? 1 : 0;
                }
            }
            if (round >= 0) {
                micros[round] = (System.nanoTime() - start) / 1e3 / 100 / commands.size();
            }
        }
        if (denied > 0) {
            throw new IllegalStateException("the rules were to fit none");
        }
        Arrays.sort(micros);
        budget("a decision under 500 rules, warm", micros[rounds / 2], 50, "us");
    }

    private static void validations(int rounds) throws Exception {
        Path work = Files.createTempDirectory("gert-decide");
        String small = "apiVersion: governance/v0\ndeny_commands: [rm]\nallow_commands: ['kubectl *', systemctl, df]\n";
        Path few = project(work.resolve("few"), small);
        Path many = project(work.resolve("many"), rules());
        double[] fewMillis = new double[rounds];
        double[] manyMillis = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double a = validated(few);
            double b = validated(many);
            if (round >= 0) {
                fewMillis[round] = a;
                manyMillis[round] = b;
            }
        }
        Arrays.sort(fewMillis);
        Arrays.sort(manyMillis);
        System.out.printf(Locale.ROOT, "%-46s %9.1f ms%n", "1000 runbooks under three rules", fewMillis[rounds / 2]);
        System.out.printf(Locale.ROOT, "%-46s %9.1f ms%n", "1000 runbooks under 500 rules", manyMillis[rounds / 2]);
        budget("the second over the first", manyMillis[rounds / 2] / fewMillis[rounds / 2], 2, "x");
        try (Stream<Path> found = Files.walk(work)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Path project(Path folder, String policy) throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve("governance.yaml"), policy);
        for (int i = 0; i < 1000; i++) {
            StringBuilder text = new StringBuilder("apiVersion: runbook/v0\nmeta:\n  name: r" + i + "\n  inputs:\n"
                    + "    ns: {from: prompt, pattern: '^[a-z]+$'}\nsteps:\n");
            for (int k = 0; k < 20; k++) {
                String argv = k % 3 == 0
                        ? "[systemctl, restart, 'login-" + k + ".service']"
                        : "[kubectl, " + VERBS[k % 4] + ", pods, -n, '{{ .ns }}', --output=json]";
                text.append("  - {id: s" + k + ", type: cli, title: Step " + k + ", with: {argv: " + argv + "}}\n");
            }
            Files.writeString(folder.resolve("r" + i + ".runbook.yaml"), text);
        }
        return folder;
    }

    /** By a JVM of its own, as the launcher starts it. */
    private static double validated(Path folder) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        Path said = folder.resolveSibling("said");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        java, "-XX:TieredStopAtLevel=1", "-cp", classes, "dev.gert.cli.Main", "validate", ".")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int exit = process.waitFor();
        double millis = (System.nanoTime() - start) / 1e6;
        if (exit != 0) {
            throw new IllegalStateException("exit " + exit + ": " + Files.readString(said));
        }
        return millis;
    }

    private static void budget(String name, double measured, double budget, String unit) {
        passed &= measured <= budget;
        System.out.printf(
                Locale.ROOT,
                "%-46s %9.2f %s%s%n",
                name,
                measured,
                unit,
                (measured <= budget ? "  within " : "  OVER ") + budget);
    }
}
