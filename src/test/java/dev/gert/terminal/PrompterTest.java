package dev.gert.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.approval.DeskFixture;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Dialogue;
import dev.gert.engine.port.Dialogue.Reply;
import dev.gert.runtime.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prompts, with a terminal's input and output as streams. */
@Timeout(30)
class PrompterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();
    private final List<String> control = new ArrayList<>();
    private final Screen screen = new Screen(new TextOutput(out), new TextOutput(err), true);
    private TerminalFacts facts = TerminalFacts.of("/dev/pts/1", "/dev/pts/1", "/dev/pts/1", Map.of());
    private boolean canHide = true;

    @Test
    void aLineIsShownTheQuestionAskedAndTheAnswerRead() {
        Reply reply = prompter(TypingPerson.whoCloses("", "  yes\r\n")).ask(List.of("a line"), "go on? >");

        assertThat(reply).isEqualTo(new Reply.Line("yes"));
        assertThat(shown()).isEqualTo("a line\ngo on? > ");
    }

    @Test
    void whatWasTypedBeforeThePromptDoesNotCount() {
        Reply reply =
                prompter(TypingPerson.whoCloses("early\nearlier\n", "late\n")).ask(List.of(), ">");

        assertThat(reply).isEqualTo(new Reply.Line("late"));
        assertThat(control).containsExactly("discard");
    }

    @Test
    void whatWasTypedBehindAnAnswerDoesNotCountForTheNext() {
        Prompter prompter = prompter(TypingPerson.whoCloses("", "one\ntwo\nthree\n", "four\n"));

        assertThat(prompter.ask(List.of(), ">")).isEqualTo(new Reply.Line("one"));
        assertThat(prompter.ask(List.of(), ">")).isEqualTo(new Reply.Line("four"));
    }

    @Test
    void theEndOfTheInputIsNoAnswerNorIsALineThatItCuts() {
        assertThat(prompter(TypingPerson.whoCloses("")).ask(List.of(), ">")).isEqualTo(new Reply.End());
        assertThat(prompter(TypingPerson.whoCloses("", "yes")).ask(List.of(), ">"))
                .isEqualTo(new Reply.End());
        assertThat(shown()).isEqualTo("> \n> \n");
    }

    @Test
    void aSignalEndsTheWait() throws InterruptedException {
        Prompter prompter = prompter(TypingPerson.whoFallsSilent(""));
        Thread signal = new Thread(() -> stop.raise("INT"));
        List<Reply> replies = new ArrayList<>();
        Thread asker = new Thread(() -> replies.add(prompter.ask(List.of(), ">")));
        asker.start();
        signal.start();
        asker.join();

        assertThat(replies).containsExactly(new Reply.Interrupted());
    }

    @Test
    void anAnswerThatComesWithASignalIsNone() {
        InputStream in = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] into, int from, int length) {
                stop.raise("TERM");
                into[from] = 'y';
                into[from + 1] = '\n';
                return 2;
            }
        };
        Prompter prompter = prompter(in);

        assertThat(prompter.ask(List.of(), ">")).isEqualTo(new Reply.Interrupted());
        assertThat(prompter.ask(List.of(), ">")).isEqualTo(new Reply.Interrupted());
    }

    @Test
    void withoutATerminalNobodyIsAsked() {
        facts = TerminalFacts.of(null, "/dev/pts/1", "/dev/pts/1", Map.of());
        assertThat(prompter(TypingPerson.whoCloses("", "yes\n")).obstacle())
                .isEqualTo("standard input is not a terminal");
        assertThat(prompter(TypingPerson.whoCloses("", "yes\n")).ask(List.of(), ">"))
                .isEqualTo(new Reply.End());

        facts = TerminalFacts.of("/dev/pts/1", "/dev/pts/1", null, Map.of());
        assertThat(prompter(TypingPerson.whoCloses("", "yes\n")).obstacle())
                .isEqualTo("standard error is not a terminal");
        assertThat(shown()).isEmpty();
    }

    @Test
    void whatIsShownCanNotActOnTheTerminal() {
        prompter(TypingPerson.whoCloses("")).ask(List.of("a\u001b[2Jb\u202ec\rd\u00a0e\tf"), "\u0007>");

        assertThat(shown()).isEqualTo("a\\u{1b}[2Jb\\u{202e}c\\u{d}d\\u{a0}e   f\n\\u{7}> \n");
    }

    @Test
    void aHiddenAnswerIsHiddenAndTheTerminalShowsAgain() {
        Reply reply = prompter(TypingPerson.whoCloses("", "secret\n")).askHidden(List.of(), "password >");

        assertThat(reply).isEqualTo(new Reply.Line("secret"));
        assertThat(control).containsExactly("hide", "discard", "show");
        assertThat(shown()).isEqualTo("password > \n");
    }

    @Test
    void whatCanNotBeHiddenIsNotAskedFor() {
        canHide = false;

        assertThat(prompter(TypingPerson.whoCloses("", "secret\n")).askHidden(List.of(), ">"))
                .isEqualTo(new Reply.End());
        assertThat(shown()).isEmpty();
    }

    @Test
    void linesWaitWhileAPromptIsOpen() {
        InputStream in = new InputStream() {
            @Override
            public int read() {
                screen.line("meanwhile");
                assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("before\n");
                return -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                return read();
            }
        };
        screen.line("before");
        prompter(in).ask(List.of(), ">");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("before\nmeanwhile\n");
    }

    @Test
    void severalLinesEndWithAPoint() {
        assertThat(prompter(TypingPerson.whoCloses("", "one\n  two \n\n", "three\n.\nfour\n"))
                        .askLines(List.of("write"), ">", Dialogue.FOR_EVER))
                .isEqualTo(new Reply.Line("one\n  two\n\nthree"));
        assertThat(prompter(TypingPerson.whoCloses("", ".\n")).askLines(List.of(), ">", Dialogue.FOR_EVER))
                .isEqualTo(new Reply.Line(""));
        assertThat(prompter(TypingPerson.whoCloses("", "one\n")).askLines(List.of(), ">", Dialogue.FOR_EVER))
                .isEqualTo(new Reply.End());
    }

    @Test
    void whoTypesWhenTheTimeIsOverDoesNotAnswerTheNextQuestion() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        InputStream in = new InputStream() {
            private int reads;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                try {
                    reads++;
                    if (reads == 1) {
                        over.await();
                        return put("late\nhalf", into, from);
                    }
                    asked.await();
                    return put(" a line\n", into, from);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }

            private int put(String text, byte[] into, int from) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                System.arraycopy(bytes, 0, into, from, bytes.length);
                return bytes.length;
            }
        };
        Prompter prompter = prompter(in);
        assertThat(prompter.ask(List.of(), "first >", 1)).isEqualTo(new Reply.Late());
        over.countDown();
        while (Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread ->
                        thread.getName().equals("gert-reader") && thread.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        List<Reply> replies = new ArrayList<>();
        Thread asker = new Thread(() -> replies.add(prompter.ask(List.of(), "second >")));
        asker.start();
        while (!shown().contains("second >")) {
            Thread.onSpinWait();
        }
        asked.countDown();
        asker.join();
        assertThat(replies).containsExactly(new Reply.Line("a line"));
    }

    /** {@code yes | gert run}, were the pipe a terminal: a flood of what is not the step's id, and of the id typed ahead. */
    @Test
    void aFloodIsNoYes(@TempDir Path folder) throws IOException {
        Approver.Answer answer = new DeskFixture(folder)
                .ask(prompter(TypingPerson.whoCloses("kill_gw\n".repeat(9000), "y\n", "y\n", "y\n", "kill_gw\n")));

        assertThat(answer).isInstanceOf(Approver.Answer.Pending.class);
    }

    private Prompter prompter(InputStream in) {
        TerminalControl recorded = new TerminalControl() {
            @Override
            public void discardTyped() {
                control.add("discard");
            }

            @Override
            public boolean hideTyping() {
                control.add("hide");
                return canHide;
            }

            @Override
            public void showTyping() {
                control.add("show");
            }

            @Override
            public int columns() {
                return 0;
            }
        };
        return new Prompter(in, screen, facts, recorded, stop);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
