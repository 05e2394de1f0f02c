package dev.gert.terminal;

import dev.gert.engine.port.Dialogue;
import dev.gert.runtime.StopSignal;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks on the terminal: prompts on standard error, answers from standard input. A thread of its own
 * reads, so that a signal ends the wait and not only a key. For one asking thread at a time.
 */
public final class Prompter implements Dialogue {
    /** How soon a signal is noticed. */
    private static final int LOOK_MILLIS = 100;

    private final Screen screen;
    private final TerminalFacts facts;
    private final TerminalControl control;
    private final StopSignal stop;
    private final LineReader reader;
    private final BlockingQueue<Boolean> wanted = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<Reply> got = new ArrayBlockingQueue<>(1);
    private @Nullable Thread thread;

    public Prompter(InputStream in, Screen screen, TerminalFacts facts, TerminalControl control, StopSignal stop) {
        this.screen = screen;
        this.facts = facts;
        this.control = control;
        this.stop = stop;
        this.reader = new LineReader(in);
    }

    @Override
    public String obstacle() {
        if (!facts.inIsTerminal()) {
            return "standard input is not a terminal";
        }
        return facts.errIsTerminal() ? "" : "standard error is not a terminal";
    }

    @Override
    public Reply ask(List<String> lines, String prompt) {
        return ask(lines, prompt, false);
    }

    @Override
    public Reply askHidden(List<String> lines, String prompt) {
        return ask(lines, prompt, true);
    }

    private Reply ask(List<String> lines, String prompt, boolean hidden) {
        if (!obstacle().isEmpty()) {
            return new Reply.End();
        }
        screen.openPrompt();
        try {
            return answer(lines, prompt, hidden);
        } finally {
            screen.closePrompt();
        }
    }

    private Reply answer(List<String> lines, String prompt, boolean hidden) {
        for (String line : lines) {
            screen.prompt(Escapes.source(line, facts.unicode()) + "\n");
        }
        if (hidden && !control.hideTyping()) {
            return new Reply.End();
        }
        try {
            control.discardTyped();
            reader.discard();
            screen.prompt(Escapes.line(prompt, facts.unicode()) + " ");
            Reply reply = await();
            if (hidden || !(reply instanceof Reply.Line)) {
                screen.prompt("\n");
            }
            return reply;
        } finally {
            if (hidden) {
                control.showTyping();
            }
        }
    }

    private Reply await() {
        if (thread == null) {
            thread = new Thread(this::read, "gert-reader");
            thread.setDaemon(true);
            thread.start();
        }
        try {
            // a signal is for good: what is typed after it is nobody's answer, and nothing is asked any more
            if (stop.raised() == null) {
                wanted.put(true);
            }
            while (stop.raised() == null) {
                Reply reply = got.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (reply != null && stop.raised() == null) {
                    return reply;
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
}
