package dev.gert.journal;

import dev.gert.event.Envelope;

/**
 * A record and where it stands.
 *
 * @param line from 1
 * @param offset of the line's first byte
 * @param prev the hash of the record before, or 64 zeros
 */
public record JournalRecord(Envelope envelope, long line, long offset, String prev, String hash) {}
