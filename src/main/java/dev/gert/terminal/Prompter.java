package dev.gert.terminal;

import dev.gert.engine.port.Dialogue;
import dev.gert.render.FoldedText;
import dev.gert.runtime.StopSignal;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks on the terminal: prompts on standard error, answers from standard input. A thread of its own
 * reads, so that a signal ends the wait and not only a key. For one asking thread at a time.
 */
public final class Prompter implements Dialogue {
    /** How soon a signal is noticed. */
    private static final int LOOK_MILLIS = 100;

    /** More than this is no text that a person types. */
    private static final int LONGEST_TEXT = 1 << 18;

    private final Screen screen;
    private final TerminalFacts facts;
    private final TerminalControl control;
    private final StopSignal stop;
    private final LineReader reader;
    private final BlockingQueue<Boolean> wanted = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<LineReader.Heard> got = new ArrayBlockingQueue<>(1);
    private @Nullable Thread thread;
    /** Counts questions, so that a line is known for the answer to one that nobody waits for any more. */
    private final AtomicInteger question = new AtomicInteger();
    /** Whether the reader was told to read and has not answered yet. */
    private boolean reading;

    public Prompter(InputStream in, Screen screen, TerminalFacts facts, TerminalControl control, StopSignal stop) {
        this.screen = screen;
        this.facts = facts;
        this.control = control;
        this.stop = stop;
        this.reader = new LineReader(in, question::get);
    }

    @Override
    public String obstacle() {
        if (!facts.inIsTerminal()) {
            return "standard input is not a terminal";
        }
        return facts.errIsTerminal() ? "" : "standard error is not a terminal";
    }

    @Override
    public Reply ask(List<String> lines, String prompt, long millis, BooleanSupplier over) {
        return open(() -> answer(lines, prompt, new Patience(millis, over)));
    }

    @Override
    public Reply askLines(List<String> lines, String prompt, long millis) {
        return open(() -> {
            Patience patience = new Patience(millis, () -> false);
            return severalLines(show(lines, prompt, patience), patience);
        });
    }

    @Override
    public Reply askHidden(List<String> lines, String prompt) {
        return open(() -> {
            if (!control.hideTyping()) {
                return new Reply.End();
            }
            try {
                Reply reply = answer(lines, prompt, new Patience(FOR_EVER, () -> false));
                if (reply instanceof Reply.Line) {
                    screen.prompt("\n");
                }
                return reply;
            } finally {
                control.showTyping();
            }
        });
    }

    private Reply open(Supplier<Reply> asking) {
        if (!obstacle().isEmpty()) {
            return new Reply.End();
        }
        screen.openPrompt();
        try {
            return asking.get();
        } finally {
            screen.closePrompt();
        }
    }

    private Reply answer(List<String> lines, String prompt, Patience patience) {
        Reply reply = show(lines, prompt, patience);
        return reply instanceof Reply.Line line ? new Reply.Line(line.text().strip()) : reply;
    }

    /** The first line that is typed after the prompt. */
    private Reply show(List<String> lines, String prompt, Patience patience) {
        for (String line : lines) {
            screen.prompt(folded(Escapes.source(line, facts.unicode())) + "\n");
        }
        control.discardTyped();
        if (!reading) {
            reader.discard();
        }
        question.incrementAndGet();
        screen.prompt(folded(Escapes.line(prompt, facts.unicode())) + " ");
        return await(patience);
    }

    private String folded(String line) {
        return String.join("\n", FoldedText.lines(line, facts.width()));
    }

    private Reply severalLines(Reply first, Patience patience) {
        StringBuilder text = new StringBuilder();
        Reply reply = first;
        while (reply instanceof Reply.Line line && !line.text().strip().equals(".")) {
            if (text.length() <= LONGEST_TEXT) {
                text.append(line.text().stripTrailing()).append('\n');
            }
            reply = await(patience);
        }
        return reply instanceof Reply.Line ? new Reply.Line(text.toString().strip()) : reply;
    }

    private Reply await(Patience patience) {
        Reply reply = next(patience);
        if (!(reply instanceof Reply.Line)) {
            screen.prompt("\n");
        }
        return reply;
    }

    private Reply next(Patience patience) {
        if (thread == null) {
            thread = new Thread(this::read, "gert-reader");
            thread.setDaemon(true);
            thread.start();
        }
        try {
            // a signal is for good: what is typed after it is nobody's answer, and nothing is asked any more
            while (stop.raised() == null) {
                if (!reading) {
                    wanted.put(true);
                    reading = true;
                }
                long wait = Math.min(LOOK_MILLIS, patience.left());
                LineReader.Heard heard = got.poll(wait, TimeUnit.MILLISECONDS);
                if (heard != null) {
                    reading = false;
                    if (heard.question() == question.get() && stop.raised() == null) {
                        return heard.reply();
                    }
                } else if (patience.over()) {
                    return new Reply.Over();
                } else if (wait == 0) {
                    return new Reply.Late();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Reply.Interrupted();
    }

    private void read() {
        try {
            while (true) {
                wanted.take();
                got.put(reader.read());
            }
        } catch (InterruptedException e) {
            // nobody asks any more
        }
    }

    /** How long a question waits. */
    private static final class Patience {
        private final long millis;
        private final long since = System.nanoTime();

        private final BooleanSupplier over;

        Patience(long millis, BooleanSupplier over) {
            this.millis = millis;
            this.over = over;
        }

        boolean over() {
            return over.getAsBoolean();
        }

        long left() {
            return millis == FOR_EVER
                    ? FOR_EVER
                    : Math.max(0, millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
        }
    }
}
