package dev.gert.telemetry.otlp;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What a collector that says yes did not take: {@code partial_success.rejected_…}, field 1 of field 1 of its answer, with
 * spans as with metrics.
 */
final class Rejected {
    private Rejected() {}

    /** @throws IOException when {@code answer} counts something; bytes that are no such message count nothing */
    static void none(byte[] answer) throws IOException {
        long count;
        try {
            count = count(ByteBuffer.wrap(answer), 0);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return;
        }
        if (count > 0) {
            throw new IOException("the collector rejected " + count);
        }
    }

    private static long count(ByteBuffer message, int depth) {
        while (message.hasRemaining()) {
            long tag = varint(message);
            int kind = (int) (tag & 7);
            boolean first = tag >>> 3 == 1;
            if (kind == 0) {
                long value = varint(message);
                if (first && depth == 1) {
                    return value;
                }
            } else if (kind == 2) {
                int length = (int) Math.min(Integer.MAX_VALUE, varint(message));
                ByteBuffer inner = message.slice().limit(length);
                message.position(message.position() + length);
                if (first && depth == 0) {
                    return count(inner, 1);
                }
            } else {
                return 0;
            }
        }
        return 0;
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = from.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number without an end");
    }
}
