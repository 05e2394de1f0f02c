package dev.gert.notify;

import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.model.ProjectFile;
import dev.gert.policy.Policy;
import dev.gert.policy.Redactor;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of a project file's {@code notify} (formats.md, section 6). A run never waits for one while it
 * goes on; at its end it waits {@link #AT_THE_END_MILLIS} in all.
 */
public final class Notifier implements RunListener {
    static final int PATIENCE_MILLIS = 10_000;
    static final int AT_THE_END_MILLIS = 2_000;
    private static final int MOST_UNDER_WAY = 16;

    private final List<ProjectFile.Notice> notices;
    private final Occasions occasions;
    private final CommandSender commands;
    private final WebhookSender webhooks;
    private final Supplier<Redactor> redactor;
    private final List<UnderWay> underWay = new ArrayList<>();

    private record UnderWay(String on, String target, CompletableFuture<Delivery> delivery) {}

    /**
     * A notifier of one session.
     *
     * @param resume the command that goes on with the run
     * @param environment gert's own variables, for webhooks whose address is in one
     * @param redactor what takes secrets out of whatever is recorded of a delivery
     */
    public Notifier(
            List<ProjectFile.Notice> notices,
            String resume,
            Spawner spawner,
            ProgramFinder finder,
            Policy policy,
            Path projectRoot,
            UnaryOperator<@Nullable String> environment,
            Supplier<Redactor> redactor) {
        this.notices = List.copyOf(notices);
        this.occasions = new Occasions(resume);
        this.commands = new CommandSender(spawner, finder, policy, projectRoot, PATIENCE_MILLIS);
        this.webhooks = new WebhookSender(environment, PATIENCE_MILLIS);
        this.redactor = redactor;
    }

    /** A record of an earlier session: known, and not told of again. */
    public void recall(Envelope record) {
        occasions.of(record);
    }

    @Override
    public void recorded(Envelope record) {
        Occasion occasion = occasions.of(record);
        if (occasion == null) {
            return;
        }
        for (ProjectFile.Notice notice : notices) {
            if (notice.on().contains(occasion.on())) {
                underWay.add(begin(notice.target(), occasion));
            }
        }
    }

    private UnderWay begin(ProjectFile.Target target, Occasion occasion) {
        String name = target instanceof ProjectFile.Target.Command command
                ? "command " + command.program().text()
                : "webhook";
        CompletableFuture<Delivery> delivery = new CompletableFuture<>();
        UnderWay begun = new UnderWay(occasion.on(), name, delivery);
        if (waiting() >= MOST_UNDER_WAY) {
            delivery.complete(new Delivery(name, null, "too many messages were under way"));
            return begun;
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        delivery.complete(
                                target instanceof ProjectFile.Target.Command command
                                        ? commands.send(command, occasion)
                                        : webhooks.send((ProjectFile.Target.Webhook) target, occasion));
                    } catch (RuntimeException e) {
                        delivery.complete(new Delivery(name, null, "an error inside gert: " + e));
                    }
                },
                "notify");
        thread.setDaemon(true);
        thread.start();
        return begun;
    }

    private int waiting() {
        int waiting = 0;
        for (UnderWay each : underWay) {
            waiting += each.delivery().isDone() ? 0 : 1;
        }
        return waiting;
    }

    /** What came of the messages so far; those that are still under way are given a little time, and then up. */
    public List<RunEvent.Notified> delivered() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AT_THE_END_MILLIS);
        List<RunEvent.Notified> delivered = new ArrayList<>();
        for (UnderWay each : underWay) {
            Delivery delivery = await(each, deadline);
            String problem = delivery.problem();
            delivered.add(new RunEvent.Notified(
                    each.on(),
                    redactor.get().safe(delivery.target()),
                    delivery.sha256(),
                    problem == null ? null : redactor.get().safe(problem)));
        }
        underWay.clear();
        return delivered;
    }

    private static Delivery await(UnderWay each, long deadline) {
        try {
            return each.delivery().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Delivery(each.target(), null, "it was not delivered when the session ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Delivery(each.target(), null, "it was not waited for");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
