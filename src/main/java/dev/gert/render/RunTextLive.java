package dev.gert.render;

import dev.gert.render.RunText.Activity;
import dev.gert.render.RunTextLook.Head;
import dev.gert.render.RunTextLook.Mark;
import java.util.ArrayList;
import java.util.List;

/** What is under way, in one line: the step itself when it is alone, otherwise how many and which, the longest first. */
final class RunTextLive {
    private static final long NANOS = 1_000_000_000L;

    private record Running(RunTextStep step, Activity activity) {}

    private final RunTextLook look;
    private final List<Running> running = new ArrayList<>();

    RunTextLive(RunTextLook look) {
        this.look = look;
    }

    void add(RunTextStep step, Activity activity) {
        int at = 0;
        while (at < running.size() && running.get(at).activity.nanos() >= activity.nanos()) {
            at++;
        }
        running.add(at, new Running(step, activity));
    }

    String line() {
        if (running.isEmpty()) {
            return "";
        }
        return running.size() == 1 ? alone(running.get(0)) : several();
    }

    private String alone(Running one) {
        Activity activity = one.activity;
        RunTextLook inside = one.step.run().look;
        boolean waits = activity.waits() > 0;
        String time = waits ? "" : RunLines.seconds(activity.nanos() / NANOS);
        Head head = inside.head(Mark.WAITING, one.step.id(), one.step.kind(), time);
        String indent = " ".repeat(2 * one.step.run().depth);
        int room = look.width() - 1 - indent.length() - head.columns() - 3;
        String said = waits ? "waits, " + left(activity) + " left" : activity.lastLine();
        String line = room < 2 || said.isEmpty() ? "" : RunLines.fitting(said, look.unicode(), room);
        return line.isEmpty() ? indent + head.text() : indent + head.text() + "   " + (waits ? line : look.faint(line));
    }

    private String several() {
        StringBuilder line = new StringBuilder(running.size() + " at once   ");
        String last = "";
        for (int i = 0; i < running.size(); i++) {
            Running each = running.get(i);
            Activity activity = each.activity;
            line.append(i == 0 ? "" : ", ").append(each.step.id()).append(' ');
            line.append(activity.waits() > 0 ? "waits " + left(activity) : RunLines.seconds(activity.nanos() / NANOS));
            last = last.isEmpty() ? activity.lastLine() : last;
        }
        String all = RunLines.fitting(line.toString(), look.unicode(), look.width() - 3);
        int room = look.width() - 3 - RunLines.columns(all) - 3;
        String beside =
                room < 2 || last.isEmpty() ? "" : "   " + look.faint(RunLines.fitting(last, look.unicode(), room));
        return look.mark(Mark.WAITING) + " " + all + beside;
    }

    private static String left(Activity activity) {
        long left = Math.max(0, activity.waits() - activity.nanos() / 1_000_000);
        return RunLines.seconds((left + 999) / 1000);
    }
}
