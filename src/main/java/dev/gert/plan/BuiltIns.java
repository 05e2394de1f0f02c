package dev.gert.plan;

import java.util.Set;

/** The names that can always be read (formats.md, section 2). */
public final class BuiltIns {
    public static final String RUN_ID = "run_id";
    public static final String ACTOR = "actor";
    public static final String INCIDENT_ID = "incident_id";
    public static final String ICM_ID = "icm_id";
    public static final String IDEMPOTENCY_TOKEN = "idempotency_token";
    public static final String ITERATION = "iteration";
    public static final String QUERY_START_TIME = "query_start_time";
    public static final String QUERY_END_TIME = "query_end_time";

    /** In {@code finally} alone. */
    public static final String OUTCOME = "outcome";

    /** Those that can be read everywhere. */
    public static final Set<String> NAMES =
            Set.of(RUN_ID, ACTOR, INCIDENT_ID, ICM_ID, IDEMPOTENCY_TOKEN, ITERATION, QUERY_START_TIME, QUERY_END_TIME);

    private BuiltIns() {}
}
