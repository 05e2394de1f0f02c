package dev.gert.engine.port;

/** Ids that are derived, so that a resumed run and a rebuilt trace make the same ones (design.md, invariant 8). */
public interface Ids {
    /** 16 hex digits from run, step path and attempt. */
    String span(String run, String step, int attempt);

    /** The same for every attempt of a step in a run: what makes an {@code idempotent} step repeatable. */
    String token(String run, String step);
}
