package dev.gert.runtime;

import dev.gert.event.RunEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of something that was under way.
 *
 * @param run the run concerned
 * @param address the step concerned
 * @param events to be appended
 * @param left how the session is left if nothing else can be done, null: it goes on
 * @param error what was thrown, null: nothing
 */
record Work(
        String run,
        String address,
        List<RunEvent> events,
        @Nullable RunEnd left,
        @Nullable Throwable error) {}
