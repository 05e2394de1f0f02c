package dev.gert.policy;

/** Whether something holds where part of the text may be open. */
enum Match {
    NO,
    /** It depends on what the open part becomes. */
    MAYBE,
    YES;

    Match and(Match other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Match or(Match other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Match not() {
        return this == YES ? NO : this == NO ? YES : MAYBE;
    }

    static Match of(boolean holds) {
        return holds ? YES : NO;
    }
}
