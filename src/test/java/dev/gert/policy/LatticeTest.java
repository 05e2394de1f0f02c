package dev.gert.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.model.Effect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Layers meet: order and repetition change nothing, and one more layer never widens (threats.md, "Policy files"). */
class LatticeTest {
    private static final long SEED = Long.getLong("gert.seed", 20260101L);
    private static final int ROUNDS = 10_000;
    private static final String[] NAMES = {"rm", "kubectl", "git", "bash", "sudo", "df", "find", "ls", "deploy"};
    private static final String[] WORDS = {
        "get", "delete", "log", "-exec", "-c", "rm", "prod", "", "get pods", "--output=x"
    };
    /** Words before a command: wrappers that can be read, and some that can't. */
    private static final String[] WRAPPERS = {
        "sudo",
        "sudo -u me",
        "sudo -E",
        "sudo --",
        "env",
        "env A=b",
        "env LD_PRELOAD=x",
        "env -S",
        "timeout 5",
        "timeout -k 1 5",
        "nice -n 5",
        "nohup",
        "xargs",
        "xargs -n 1",
        "setsid -w"
    };
    /** What open words may become. */
    private static final String[] VALUES = {
        "",
        "rm",
        "-c",
        "-exec",
        "A=b",
        "LD_PRELOAD=x",
        "5",
        "--",
        "kubectl get",
        "ls; rm x",
        "prod",
        "sudo",
        "-n",
        "bash"
    };

    private static final String[] PATTERNS = {
        "rm",
        "*",
        "kubectl",
        "kubectl *",
        "kubectl get *",
        "git log *",
        "git *",
        "bash -c *",
        "sudo *",
        "df",
        "*l*",
        "find *",
        "* prod",
        "deploy",
        "l?",
        "/usr/bin/*",
        "* rm",
        "sudo",
        "env",
        "xargs *",
        "sudo *",
        "timeout *",
        "nohup",
        "bash",
        "ls"
    };

    private static final int LAYERS = 500;

    private final Random random = new Random(SEED);
    private final List<PolicyLayer> pool = new ArrayList<>();
    private final List<PolicyLayer> unreadPool = new ArrayList<>();

    @BeforeAll
    static void seed() {
        System.out.println("LatticeTest seed " + SEED + " (another: -Dgert.seed=N)");
    }

    @Test
    void addingALayerNeverWidens() {
        int narrowed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            List<PolicyLayer> parent = List.of(layer("a"), layer("b"));
            List<PolicyLayer> child = new ArrayList<>(parent);
            child.add(random.nextInt(parent.size() + 1), layer("c"));
            ResolvedCommand command = command();
            int before = strictness(Policy.meet(parent), command);
            int after = strictness(Policy.meet(child), command);
            assertThat(after).as(() -> failure(child, command)).isGreaterThanOrEqualTo(before);
            narrowed += after > before ? 1 : 0;
        }
        assertThat(narrowed).as("cases in which it narrowed, seed %s", SEED).isGreaterThan(ROUNDS / 20);
    }

    @Test
    void orderAndRepetitionChangeNothing() {
        for (int i = 0; i < ROUNDS; i++) {
            List<PolicyLayer> layers = new ArrayList<>(List.of(layer("a"), layer("b"), layer("c")));
            ResolvedCommand command = command();
            String word = Policy.meet(layers).decide(command).word();
            boolean believed = Policy.meet(layers).believesRead(command);
            String canonical = Policy.meet(layers).canonical();
            layers.add(layers.get(random.nextInt(3)));
            Collections.shuffle(layers, random);
            assertThat(Policy.meet(layers).decide(command).word())
                    .as(() -> failure(layers, command))
                    .isEqualTo(word);
            assertThat(Policy.meet(layers).believesRead(command))
                    .as(() -> failure(layers, command))
                    .isEqualTo(believed);
            assertThat(Policy.meet(layers).canonical()).isEqualTo(canonical);
        }
    }

    /** The meet of all three is the stricter of the meet of two and the third: it can be taken in any grouping. */
    @Test
    void groupingChangesNothing() {
        for (int i = 0; i < ROUNDS; i++) {
            PolicyLayer a = unread("a");
            PolicyLayer b = unread("b");
            PolicyLayer c = unread("c");
            ResolvedCommand command = command();
            int all = strictness(Policy.meet(List.of(a, b, c)), command);
            int left = Math.max(
                    strictness(Policy.meet(List.of(a, b)), command), strictness(Policy.meet(List.of(c)), command));
            int right = Math.max(
                    strictness(Policy.meet(List.of(a)), command), strictness(Policy.meet(List.of(b, c)), command));
            assertThat(List.of(left, right))
                    .as(() -> failure(List.of(a, b, c), command))
                    .containsOnly(all);
        }
    }

    /** What is decided before the run of open words holds whatever they become. */
    @Test
    void openWordsNeverWiden() {
        int undetermined = 0;
        int decided = 0;
        for (int i = 0; i < ROUNDS; i++) {
            List<PolicyLayer> layers = List.of(layer("a"), layer("b"));
            ResolvedCommand command = replay(command());
            boolean flags = random.nextBoolean();
            List<OpenWord> words = new ArrayList<>();
            for (String word : command.argv()) {
                int known = random.nextInt(word.length() + 1);
                words.add(
                        random.nextInt(3) > 0
                                ? new OpenWord.Known(word)
                                : new OpenWord.Open(word.substring(0, known), "{{ .x }}"));
            }
            Policy policy = Policy.meet(layers);
            OpenCommand open = new OpenCommand(words, command.effect(), flags, null);
            String before = policy.decide(open).word();
            boolean believed = policy.believesRead(open);
            undetermined += before.equals("undetermined") ? 1 : 0;
            for (int k = 0; k < 3; k++) {
                ResolvedCommand closed = k == 0 && flags ? command : closed(words, command, flags);
                Decision after = policy.decide(closed);
                decided += before.equals("undetermined") ? 0 : 1;
                if (!before.equals("undetermined") && !isNoName(after)) {
                    boolean narrower =
                            before.equals("acknowledge") && after.word().equals("allow");
                    assertThat(narrower ? before : after.word())
                            .as(() -> failure(layers, closed) + "\n" + words + "\n" + after)
                            .isEqualTo(before);
                }
                if (believed) {
                    assertThat(policy.believesRead(closed))
                            .as(() -> failure(layers, closed) + "\n" + words)
                            .isTrue();
                }
            }
        }
        assertThat(undetermined).as("seed %s", SEED).isBetween(ROUNDS / 50, ROUNDS * 4 / 5);
        assertThat(decided).as("seed %s", SEED).isGreaterThan(ROUNDS / 2);
    }

    /** A template that makes no name of a program is refused when it is rendered. */
    private static boolean isNoName(Decision decision) {
        return decision.rule().rule().startsWith("names are");
    }

    private ResolvedCommand closed(List<OpenWord> words, ResolvedCommand like, boolean flags) {
        List<String> argv = new ArrayList<>();
        for (OpenWord word : words) {
            if (word instanceof OpenWord.Known known) {
                argv.add(known.text());
            } else if (word instanceof OpenWord.Open open) {
                String value = pick(VALUES);
                boolean refused = open.prefix().isEmpty() && !flags && value.startsWith("-");
                argv.add(open.prefix() + (refused ? "x" + value : value));
            }
        }
        if (argv.get(0).isEmpty()) {
            argv.set(0, "ls");
        }
        return Layers.command(argv, null, null, like.effect());
    }

    private static int strictness(Policy policy, ResolvedCommand command) {
        return switch (policy.decide(command).word()) {
            case "allow" -> 0;
            case "acknowledge" -> 1;
            default -> 2;
        };
    }

    private ResolvedCommand command() {
        List<String> argv = new ArrayList<>();
        String name = pick(NAMES);
        argv.add(random.nextInt(5) == 0 ? "/usr/bin/" + name : name);
        for (int n = random.nextInt(4); n > 0; n--) {
            argv.add(pick(WORDS));
        }
        if (random.nextInt(2) == 0) {
            return wrapped(argv);
        }
        String real = random.nextInt(6) == 0 ? "/usr/bin/" + pick(NAMES) : null;
        Effect effect = random.nextBoolean() ? Effect.READ : Effect.MUTATE;
        return Layers.command(argv, "/usr/bin/" + name, real, effect);
    }

    private ResolvedCommand wrapped(List<String> inside) {
        List<String> argv = inside;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            List<String> outer = new ArrayList<>();
            if (random.nextInt(5) == 0) {
                outer.add(pick("sh", "bash", "/bin/sh"));
                outer.add("-c");
                outer.add(String.join(" ", argv));
            } else {
                outer.addAll(List.of(pick(WRAPPERS).split(" ")));
                outer.addAll(argv);
            }
            argv = outer;
        }
        Effect effect = random.nextBoolean() ? Effect.READ : Effect.MUTATE;
        String first = argv.get(0);
        return Layers.command(argv, first.startsWith("/") ? first : "/usr/bin/" + first, null, effect);
    }

    private static ResolvedCommand replay(ResolvedCommand command) {
        return Layers.command(command.argv(), null, null, command.effect());
    }

    /** One of a few hundred: reading them is most of the work, and every round takes others together. */
    private PolicyLayer layer(String name) {
        return pooled(pool, name + ".yaml", true);
    }

    private PolicyLayer unread(String name) {
        return pooled(unreadPool, name + ".yaml", false);
    }

    private PolicyLayer pooled(List<PolicyLayer> made, String name, boolean reads) {
        if (made.size() < LAYERS) {
            made.add(reads ? newLayer(made.size() + name) : Layers.governance(made.size() + name, text(false)));
            return made.get(made.size() - 1);
        }
        return made.get(random.nextInt(LAYERS));
    }

    private PolicyLayer newLayer(String name) {
        return switch (random.nextInt(8)) {
            case 0 -> PolicyLayer.builtInFloor();
            case 1 ->
                Layers.runbook(
                        name,
                        "{denied_commands: " + list() + (random.nextBoolean() ? ", allowed_commands: " + list() : "")
                                + "}");
            default -> Layers.governance(name, text(true));
        };
    }

    private String text(boolean reads) {
        StringBuilder text = new StringBuilder(Layers.HEAD);
        if (random.nextInt(3) == 0) {
            text.append("deny_commands: ").append(list()).append('\n');
        }
        if (random.nextInt(3) == 0) {
            text.append("allow_commands: ").append(list()).append('\n');
        }
        if (reads && random.nextInt(3) == 0) {
            text.append("read_commands: ").append(list()).append('\n');
        }
        if (random.nextBoolean()) {
            text.append("default: ")
                    .append(pick("allow", "allow", "acknowledge", "acknowledge", "deny"))
                    .append('\n');
        }
        if (random.nextInt(4) == 0) {
            text.append("deny_env_vars: [A, 'x*']\n");
        }
        if (random.nextInt(4) == 0) {
            text.append("require_approval_for: [{pattern: '")
                    .append(pick(PATTERNS))
                    .append("'}]\n");
        }
        if (random.nextBoolean()) {
            text.append("opaque_commands: ")
                    .append(pick("allow", "allow", "deny"))
                    .append('\n');
        }
        return text.toString();
    }

    private String list() {
        StringBuilder list = new StringBuilder("[");
        for (int n = random.nextInt(5); n > 0; n--) {
            list.append('\'').append(pick(PATTERNS)).append("', ");
        }
        return list.append(']').toString();
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private static String failure(List<PolicyLayer> layers, ResolvedCommand command) {
        return "seed " + SEED + "\n" + command + "\n" + Policy.meet(layers).canonical();
    }
}
