package dev.gert.web;

import dev.gert.engine.port.Dialogue;
import dev.gert.web.PageQuestion.Kind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks on the page and, where there is one, on the terminal: the first answer is the answer, and what may be answered is
 * the same. For one asking thread at a time.
 */
public final class PageDialogue implements Dialogue, LivePage.Answers {
    private static final long LOOK_MILLIS = 100;

    private final Dialogue terminal;
    private final BooleanSupplier stopped;
    private final UnaryOperator<String> safe;
    private final Object lock = new Object();
    private @Nullable LivePage page;
    private long asked;
    private @Nullable PageQuestion open;
    private @Nullable Reply answer;

    /**
     * @param stopped whether a signal came
     * @param safe makes what can't be seen visible
     */
    public PageDialogue(Dialogue terminal, BooleanSupplier stopped, UnaryOperator<String> safe) {
        this.terminal = terminal;
        this.stopped = stopped;
        this.safe = safe;
    }

    /** Where the questions are shown. */
    public void on(LivePage shown) {
        page = shown;
    }

    @Override
    public String obstacle() {
        return "";
    }

    @Override
    public Reply ask(List<String> lines, String prompt, long millis, BooleanSupplier over) {
        return asked(Kind.LINE, lines, prompt, "", List.of(), millis, over);
    }

    @Override
    public Reply askOffering(List<String> lines, String prompt, List<Offer> offers, boolean free, long millis) {
        return asked(free ? Kind.LINE : Kind.CHOICE, lines, prompt, "", offers, millis, () -> false);
    }

    @Override
    public Reply askLines(List<String> lines, String prompt, long millis) {
        return asked(Kind.LINES, lines, prompt, "", List.of(), millis, () -> false);
    }

    @Override
    public Reply askHidden(List<String> lines, String prompt) {
        return asked(Kind.HIDDEN, lines, prompt, "", List.of(), FOR_EVER, () -> false);
    }

    @Override
    public Reply askDecision(List<String> lines, String prompt, String yes, long millis, BooleanSupplier over) {
        return asked(Kind.DECISION, lines, prompt, yes, List.of(), millis, over);
    }

    private Reply asked(
            Kind kind,
            List<String> lines,
            String prompt,
            String yes,
            List<Offer> offers,
            long millis,
            BooleanSupplier over) {
        begin(kind, lines, prompt, yes, offers);
        try {
            Reply reply = terminal.obstacle().isEmpty()
                    ? onTerminal(kind, lines, prompt, millis, () -> over.getAsBoolean() || isAnswered())
                    : onPage(millis, over);
            Reply said = answer();
            return said == null ? reply : said;
        } finally {
            end();
        }
    }

    /** Several lines and hidden ones can't be taken back from the terminal: a page that is open asks for them alone. */
    private Reply onTerminal(Kind kind, List<String> lines, String prompt, long millis, BooleanSupplier over) {
        if (kind != Kind.LINES && kind != Kind.HIDDEN) {
            return terminal.ask(lines, prompt, millis, over);
        }
        if (page != null && page.isOpen()) {
            return onPage(millis, over);
        }
        return kind == Kind.LINES ? terminal.askLines(lines, prompt, millis) : terminal.askHidden(lines, prompt);
    }

    private Reply onPage(long millis, BooleanSupplier over) {
        long since = System.nanoTime();
        try {
            synchronized (lock) {
                while (answer == null) {
                    if (stopped.getAsBoolean()) {
                        return new Reply.Interrupted();
                    }
                    if (over.getAsBoolean()) {
                        return new Reply.Over();
                    }
                    long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
                    if (millis != FOR_EVER && passed >= millis) {
                        return new Reply.Late();
                    }
                    lock.wait(LOOK_MILLIS);
                }
                return answer;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Interrupted();
        }
    }

    private void begin(Kind kind, List<String> lines, String prompt, String yes, List<Offer> offers) {
        PageQuestion question = new PageQuestion(
                String.valueOf(++asked), lines.stream().map(safe).toList(), safe.apply(prompt), kind, yes, offers);
        synchronized (lock) {
            open = question;
            answer = null;
        }
        show(List.of(question));
    }

    private void end() {
        synchronized (lock) {
            open = null;
            answer = null;
        }
        show(List.of());
    }

    private void show(List<PageQuestion> questions) {
        if (page != null) {
            page.ask(questions);
        }
    }

    private boolean isAnswered() {
        return answer() != null;
    }

    private @Nullable Reply answer() {
        synchronized (lock) {
            return answer;
        }
    }

    @Override
    public @Nullable String answered(String question, String text) {
        synchronized (lock) {
            if (open == null || !open.id().equals(question) || answer != null) {
                return "that is not asked any more";
            }
            if (open.kind() != Kind.DECISION) {
                answer = new Reply.Line(text.strip());
            } else if (text.startsWith("no")) {
                answer = new Reply.Decided(false, text.substring("no".length()).strip());
            } else if (text.startsWith("yes") && !open.step().isEmpty()) {
                answer = new Reply.Decided(true, text.substring("yes".length()).strip());
            } else {
                return "that yes does not count here";
            }
            lock.notifyAll();
            return null;
        }
    }
}
