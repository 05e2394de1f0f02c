package dev.gert.policy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the SSH wire format (RFC 4251, section 5) strictly: a number has one spelling. After the first
 * thing that is not there {@link #ok} is false for good and every read gives something empty.
 */
public final class SshWire {
    private static final byte[] NOTHING = {};

    private final byte[] bytes;
    private int at;
    private boolean ok = true;

    /** Reads {@code bytes} from {@code at}; the array is not copied. */
    public SshWire(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** Whether all that was asked for was there. */
    public boolean ok() {
        return ok;
    }

    /** Whether all that was asked for was there, and nothing else is. */
    public boolean done() {
        return ok && at == bytes.length;
    }

    /** One byte, 0 to 255. */
    public int octet() {
        if (!ok || at == bytes.length) {
            ok = false;
            return 0;
        }
        return bytes[at++] & 0xff;
    }

    /** An unsigned number of 32 bits. */
    public long uint32() {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    /** The bytes of a string. */
    public byte[] string() {
        long length = uint32();
        if (!ok || length > bytes.length - at) {
            ok = false;
            return NOTHING;
        }
        int start = at;
        at += (int) length;
        return Arrays.copyOfRange(bytes, start, at);
    }

    /** A string of printable ASCII; any other is not a text. */
    public String text() {
        byte[] text = string();
        for (byte b : text) {
            if (b < ' ' || b == 0x7f) {
                ok = false;
                return "";
            }
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** A number over 0 without a needless first byte. */
    public BigInteger positive() {
        byte[] digits = string();
        boolean padded = digits.length > 0 && digits[0] == 0;
        if (digits.length == 0 || digits[0] < 0 || padded && (digits.length == 1 || digits[1] >= 0)) {
            ok = false;
            return BigInteger.ONE;
        }
        return new BigInteger(digits);
    }
}
