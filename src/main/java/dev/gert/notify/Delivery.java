package dev.gert.notify;

import org.jspecify.annotations.Nullable;

/**
 * What came of sending.
 *
 * @param target {@code webhook} and its host, or {@code command} and the program; never a webhook's whole address, which
 *     is a secret as a rule
 * @param sha256 of the program, null: there is none
 * @param problem null: it was delivered
 */
record Delivery(
        String target, @Nullable String sha256, @Nullable String problem) {}
