package dev.gert.projection;

/**
 * How long something took, in whole milliseconds, rounded down. A percentile is the nearest rank: the smallest of the
 * measured values that at least so many per cent of them do not exceed.
 *
 * @param count how many were measured; with none the others are 0 and mean nothing
 */
public record Durations(long count, long p50, long p95, long longest) {}
