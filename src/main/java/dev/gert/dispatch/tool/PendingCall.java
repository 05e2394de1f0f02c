package dev.gert.dispatch.tool;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call that waits for its answer; the first one counts. */
final class PendingCall {
    private final ArrayBlockingQueue<Answer> answers = new ArrayBlockingQueue<>(1);
    private boolean answered;

    synchronized void answer(Answer answer) {
        if (!answered) {
            answered = true;
            answers.add(answer);
        }
    }

    /** Null where none came in time. */
    @Nullable
    Answer await(long millis) throws InterruptedException {
        return answers.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }
}
