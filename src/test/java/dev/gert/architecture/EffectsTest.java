package dev.gert.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Who may act: one gateway, one spawner, a core that touches nothing, standard streams and exits at the edge. */
class EffectsTest {
    private static final String GATEWAY = "dev.gert.runtime.Gateway";
    private static final String SPAWNER = "dev.gert.runtime.Spawner";
    private static final List<String> DISPATCH =
            List.of("dev.gert.engine.port.Dispatcher", "dev.gert.engine.port.Dispatcher$Prepared");

    /** Whoever starts a process; the gateway stands in front of each of these, or it is a helper of the list here. */
    private static final Set<String> SPAWNERS_CALLERS =
            Set.of("dev.gert.runtime", "dev.gert.dispatch.cli", "dev.gert.dispatch.tool");

    /** Helpers that start a fixed command of their own: stty, for a prompt; a browser, for a report. */
    private static final Set<String> SPAWNERS_HELPERS = Set.of(
            "dev.gert.terminal.Stty",
            "dev.gert.cli.Browser",
            "dev.gert.provider.InputServer",
            "dev.gert.notify.CommandSender",
            "dev.gert.approval.SshKeygen",
            "dev.gert.scenario.GitCommit");

    /** What a session may do with the spawner that it made: end things, never start one. */
    private static final Set<String> ENDINGS = Set.of("close", "interruptAll", "killAll", "hasForeground");

    private static final Set<String> FOREIGN_TO_PURE_PACKAGES =
            Set.of("java.nio.file", "java.nio.channels", "java.net", "java.lang.management");
    private static final Set<String> FOREIGN_TO_PURE = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.FileDescriptor",
            "java.io.RandomAccessFile",
            "java.io.Console",
            "java.time.Clock",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.util.Random",
            "java.util.Timer",
            "java.util.ServiceLoader",
            "java.security.SecureRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.Executors",
            "java.util.concurrent.CompletableFuture");
    private static final Set<String> SYSTEM_FOR_ALL = Set.of("arraycopy", "identityHashCode");
    private static final Set<String> DEFAULTS_OF_THE_MACHINE = Set.of(
            "java.util.Locale.getDefault",
            "java.util.TimeZone.getDefault",
            "java.time.ZoneId.systemDefault",
            "java.nio.charset.Charset.defaultCharset",
            "java.util.UUID.randomUUID",
            "java.lang.Math.random",
            "java.lang.Boolean.getBoolean",
            "java.lang.Integer.getInteger",
            "java.lang.Long.getLong");

    @Test
    void pureTypesTouchNoClockFileThreadOrEnvironment() throws IOException {
        List<String> pure = Picture.read().pure();
        assertThat(pure).hasSizeGreaterThanOrEqualTo(14);
        for (String name : pure) {
            classes()
                    .that()
                    .resideInAPackage(name)
                    .should(notDependOn(EffectsTest::isForeignToPure))
                    .andShould(notAccess(EffectsTest::asksTheMachine))
                    .check(GertClasses.ALL);
        }
    }

    @Test
    void exitsAndStandardStreamsAreForTheCommandLine() {
        classes()
                .that()
                .resideOutsideOfPackage("dev.gert.cli")
                .should(notAccess(access -> is(access, "java.lang.System", "exit")
                        || is(access, "java.lang.Runtime", "exit")
                        || is(access, "java.lang.Runtime", "halt")))
                .check(GertClasses.ALL);
        classes()
                .that()
                .resideOutsideOfPackages("dev.gert.cli", "dev.gert.terminal")
                .should(notAccess(access -> is(access, "java.lang.System", "out")
                        || is(access, "java.lang.System", "err")
                        || is(access, "java.lang.System", "in")
                        || is(access, "java.lang.System", "console")))
                .check(GertClasses.ALL);
    }

    @Test
    void onlyTheSpawnerStartsProcesses() {
        ArchCondition<JavaClass> startNothing = notDependOn(
                type -> type.equals("java.lang.ProcessBuilder") || type.startsWith("java.lang.ProcessBuilder$"));
        classes()
                .that(describe("are not the spawner", type -> !isPartOf(type, SPAWNER)))
                .should(startNothing)
                .andShould(notAccess(access -> is(access, "java.lang.Runtime", "exec")))
                .check(GertClasses.ALL);
    }

    @Test
    void theSpawnerHasItsFewCallers() {
        classes()
                .that(describe(
                        "are not on the spawner's list",
                        type -> !SPAWNERS_CALLERS.contains(type.getPackageName())
                                && !SPAWNERS_HELPERS.contains(type.getName())))
                .should(notAccess(access -> isPartOf(access.getTargetOwner(), SPAWNER)
                        && !access.getTarget().getName().equals("<init>")
                        && !ENDINGS.contains(access.getTarget().getName())))
                .check(GertClasses.ALL);
    }

    /** Sinks see what the redactor made; the raw form is for conditions, commands and a test's expectations. */
    @Test
    void rawValuesHaveTheirFewReaders() {
        Set<String> readers = Set.of(
                "dev.gert.policy.Captured",
                "dev.gert.engine.RunScope",
                "dev.gert.engine.RunState",
                "dev.gert.projection.UnknownNames",
                "dev.gert.scenario.ScenarioVerdict",
                // What one run hands on to another.
                "dev.gert.engine.Children",
                "dev.gert.runtime.Runner",
                "dev.gert.scenario.LinkedInputs",
                "dev.gert.cli.SessionParts",
                "dev.gert.cli.RunInputs",
                // What a request binds without showing it.
                "dev.gert.approval.RequestText");
        assertThat(GertClasses.ALL.contain("dev.gert.policy.Captured")).isTrue();
        classes()
                .that(describe("do not read raw values by right", type -> !readers.contains(type.getName())))
                .should(notAccess(access -> is(access, "dev.gert.policy.Captured", "raw")))
                .check(GertClasses.ALL);
    }

    @Test
    void onlyTheGatewayReachesADispatcher() {
        for (String port : DISPATCH) {
            assertThat(GertClasses.ALL.contain(port)).as(port).isTrue();
        }
        classes()
                .that(describe(
                        "are not the gateway, nor hand on what it asked for",
                        type -> !isPartOf(type, GATEWAY)
                                && !type.getName().equals("dev.gert.dispatch.tool.ToolDispatcher")))
                .should(notAccess(EffectsTest::dispatches))
                .check(GertClasses.ALL);
    }

    /** The rules above name classes and methods by text: this is what goes red when a name no longer fits. */
    @Test
    void theRulesSeeWhatTheyForbidElsewhere() {
        assertThat(accesses(GATEWAY, EffectsTest::dispatches)).isNotEmpty();
        assertThat(accesses(SPAWNER, access -> isPartOf(access.getTargetOwner(), "java.lang.ProcessBuilder")))
                .isNotEmpty();
        assertThat(accesses("dev.gert.cli.Main", access -> is(access, "java.lang.Runtime", "halt")))
                .isNotEmpty();
    }

    private static List<String> accesses(String origin, Predicate<JavaAccess<?>> wanted) {
        List<String> found = new ArrayList<>();
        for (JavaAccess<?> access : GertClasses.ALL.get(origin).getAccessesFromSelf()) {
            if (wanted.test(access)) {
                found.add(access.getDescription());
            }
        }
        return found;
    }

    private static boolean isForeignToPure(String type) {
        String outermost = type.contains("$") ? type.substring(0, type.indexOf('$')) : type;
        String home = outermost.substring(0, Math.max(0, outermost.lastIndexOf('.')));
        return FOREIGN_TO_PURE.contains(outermost)
                || FOREIGN_TO_PURE_PACKAGES.stream()
                        .anyMatch(foreign -> home.equals(foreign) || home.startsWith(foreign + "."));
    }

    private static boolean asksTheMachine(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String member = access.getTarget().getName();
        return owner.equals("java.lang.System") && !SYSTEM_FOR_ALL.contains(member)
                || owner.startsWith("java.time.") && member.equals("now")
                || DEFAULTS_OF_THE_MACHINE.contains(owner + "." + member);
    }

    /** A call or reference to what the dispatcher's ports declare, on the ports or on any class behind them. */
    private static boolean dispatches(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        JavaClass owner = target.getOwner();
        if (!(target instanceof AccessTarget.CodeUnitAccessTarget called) || sameFile(access.getOriginOwner(), owner)) {
            return false;
        }
        for (String port : DISPATCH) {
            if (owner.isAssignableTo(port)) {
                for (JavaMethod declared : GertClasses.ALL.get(port).getMethods()) {
                    if (declared.getName().equals(called.getName())
                            && declared.getRawParameterTypes().equals(called.getRawParameterTypes())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean is(JavaAccess<?> access, String owner, String member) {
        return access.getTargetOwner().getName().equals(owner)
                && access.getTarget().getName().equals(member);
    }

    private static boolean isPartOf(JavaClass type, String outermost) {
        return type.getName().equals(outermost) || type.getName().startsWith(outermost + "$");
    }

    private static boolean sameFile(JavaClass one, JavaClass other) {
        return outermost(one).equals(outermost(other));
    }

    private static String outermost(JavaClass type) {
        int nested = type.getName().indexOf('$');
        return nested < 0 ? type.getName() : type.getName().substring(0, nested);
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> describe(
            String words, Predicate<JavaClass> predicate) {
        return com.tngtech.archunit.base.DescribedPredicate.describe(words, predicate);
    }

    private static ArchCondition<JavaClass> notDependOn(Predicate<String> forbidden) {
        return new ArchCondition<>("not depend on what is not theirs") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    if (forbidden.test(
                            dependency.getTargetClass().getBaseComponentType().getName())) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> notAccess(Predicate<JavaAccess<?>> forbidden) {
        return new ArchCondition<>("not call what is not theirs") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (forbidden.test(access)) {
                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                    }
                }
            }
        };
    }
}
