package dev.gert.dispatch.manual;

import dev.gert.engine.port.Dialogue.Offer;
import dev.gert.engine.port.Operator.Given;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.policy.Redactor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what a step requires, one piece after the other. Each question returns null when the
 * conversation ended. {@code n} and {@code q} mean what they mean where a command is acknowledged.
 */
final class Questions {
    private static final String NO = "n";
    private static final String LEAVE = "q";
    private static final List<Offer> TICK =
            List.of(new Offer("y", "It is so"), new Offer(NO, "Not yet"), new Offer(LEAVE, Conversation.LATER));

    private final Conversation conversation;
    private final Redactor redactor;
    private final Attachments attachments;
    private final Path folder;
    private final String stepId;

    /** {@code folder}: where the paths that people type start. */
    Questions(Conversation conversation, Redactor redactor, Attachments attachments, Path folder, String stepId) {
        this.conversation = conversation;
        this.redactor = redactor;
        this.attachments = attachments;
        this.folder = folder;
        this.stepId = stepId;
    }

    /** Whether the person says that it is done. */
    boolean done() {
        List<String> lines = List.of();
        for (int i = 0; i < Conversation.TRIES; i++) {
            String typed = conversation.ask(
                    lines,
                    "    Enter when it is done, n when it can't be, q to leave it waiting >",
                    List.of(new Offer("done", "Done")),
                    false,
                    NO,
                    LEAVE);
            if (typed == null) {
                return false;
            }
            if (typed.isEmpty() || typed.equals("done")) {
                return true;
            }
            lines = List.of("    that is neither Enter, done, n nor q");
        }
        conversation.leave("no clear answer came");
        return false;
    }

    @Nullable
    Given evidence(Step.RequiredEvidence required) {
        return switch (required.kind()) {
            case TEXT -> text(required);
            case CHECKLIST -> checklist(required);
            case ATTACHMENT -> attachment(required);
        };
    }

    private @Nullable Given text(Step.RequiredEvidence required) {
        List<String> lines = List.of("    " + safe(required.name()) + ": text");
        for (int i = 0; i < Conversation.TRIES; i++) {
            String typed = conversation.ask(
                    lines,
                    "    a line, . to write several, n when it can't be given, q to leave it waiting >",
                    List.of(),
                    true,
                    NO,
                    LEAVE);
            if (".".equals(typed)) {
                typed = conversation.askLines(List.of("    a line with only . in it ends the text"), "    >");
            }
            if (typed == null) {
                return null;
            }
            if (!typed.isBlank()) {
                return given(required, typed, List.of());
            }
            lines = List.of("    " + safe(required.name()) + " can't be empty");
        }
        conversation.leave("no text was given for `" + required.name() + "`");
        return null;
    }

    private @Nullable Given checklist(Step.RequiredEvidence required) {
        List<String> lines = new ArrayList<>();
        lines.add("    " + safe(required.name()) + ": a checklist of "
                + required.items().size());
        for (String item : required.items()) {
            lines.add("      [ ] " + safe(item));
            if (!ticked(required.name(), item, lines)) {
                return null;
            }
            lines.clear();
        }
        return given(required, "", required.items());
    }

    private boolean ticked(String name, String item, List<String> first) {
        List<String> lines = first;
        for (int i = 0; i < Conversation.TRIES; i++) {
            String typed = conversation.ask(
                    lines, "    y when it is so, n when it is not, q to leave it waiting >", TICK, false);
            if (typed == null) {
                return false;
            }
            if (typed.equals("y") || typed.equals("yes")) {
                return true;
            }
            if (typed.equals(LEAVE)) {
                conversation.leave("was left waiting");
                return false;
            }
            lines = List.of(
                    typed.equals(NO) || typed.equals("no")
                            ? "    then the step is not done yet: y once it is so, q to leave it waiting"
                            : "    that is neither y, n nor q",
                    "      [ ] " + safe(item));
        }
        conversation.leave("`" + item + "` of `" + name + "` is not ticked");
        return false;
    }

    private @Nullable Given attachment(Step.RequiredEvidence required) {
        List<String> lines = List.of("    " + safe(required.name()) + ": a file");
        for (int i = 0; i < Conversation.TRIES; i++) {
            String typed = conversation.ask(
                    lines,
                    "    its path, n when it can't be given, q to leave it waiting >",
                    List.of(),
                    true,
                    NO,
                    LEAVE);
            if (typed == null) {
                return null;
            }
            Attachments.Copy copy = typed.isEmpty()
                    ? new Attachments.Copy.Refused("a path is needed")
                    : attachments.copy(folder, typed, null, stepId, required.name(), redactor);
            if (copy instanceof Attachments.Copy.Kept kept) {
                return new Given(required.name(), EvidenceKind.ATTACHMENT, "", List.of(), kept.file(), "person");
            }
            lines = List.of("    " + ((Attachments.Copy.Refused) copy).reason());
        }
        conversation.leave("no file was given for `" + required.name() + "`");
        return null;
    }

    /** {@code prompt}: what the runbook asks, already safe. */
    @Nullable
    String choice(Step.Choices choices, String prompt) {
        ChoiceList list = new ChoiceList(choices, redactor);
        String no = list.has(NO) ? "no" : NO;
        String leave = list.has(LEAVE) ? "quit" : LEAVE;
        String asked = "    " + (list.isNumbered() ? "a number or a value, " : "a value, ") + no + " when none fits, "
                + leave + " to leave it waiting >";
        List<String> lines = new ArrayList<>();
        lines.add("    " + (prompt.isBlank() ? "choose for " + choices.variable() : prompt));
        lines.addAll(list.lines());
        for (int i = 0; i < Conversation.TRIES; i++) {
            String typed = conversation.ask(lines, asked, list.offers(), false, no, leave);
            if (typed == null) {
                return null;
            }
            String value = list.value(typed);
            if (value != null) {
                return value;
            }
            lines = new ArrayList<>();
            lines.add("    that is none of them:");
            lines.addAll(list.lines());
        }
        conversation.leave("nothing was chosen for `" + choices.variable() + "`");
        return null;
    }

    private static Given given(Step.RequiredEvidence required, String value, List<String> ticked) {
        return new Given(required.name(), required.kind(), value, ticked, null, "person");
    }

    private String safe(String text) {
        return redactor.safe(text).text();
    }
}
