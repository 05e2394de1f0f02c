package dev.gert.plan;

import java.util.Set;

/** The names that can always be read (formats.md, section 2). */
public final class BuiltIns {
    public static final String RUN_ID = "run_id";
    public static final String ACTOR = "actor";
    public static final String INCIDENT_ID = "incident_id";
    public static final String ICM_ID = "icm_id";
    public static final String IDEMPOTENCY_TOKEN = "idempotency_token";

    /** Those that a run of this version can tell. */
    public static final Set<String> NAMES = Set.of(RUN_ID, ACTOR, INCIDENT_ID, ICM_ID, IDEMPOTENCY_TOKEN);

    private BuiltIns() {}
}
