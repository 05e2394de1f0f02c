package dev.gert.policy;

/**
 * Bytes as text and back without loss: UTF-8 where it is valid, and each byte that is not as one lone
 * surrogate ({@code 0xDC00} and the byte), so that what is not UTF-8 is neither changed nor a way to
 * hide the letters beside it.
 */
final class ByteText {
    private ByteText() {}

    static String decode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            int b = bytes[i] & 0xFF;
            if (b < 0x80) {
                text.append((char) b);
                i++;
                continue;
            }
            int length = sequence(bytes, i, to);
            if (length <= 1) {
                text.append((char) (0xDC00 + b));
                i++;
            } else {
                text.appendCodePoint(codePoint(bytes, i, length));
                i += length;
            }
        }
        return text.toString();
    }

    /** The length of the valid sequence at {@code i}; 0: none; negative: it is cut by the end, so far valid. */
    private static int sequence(byte[] bytes, int i, int to) {
        int b = bytes[i] & 0xFF;
        int length = b >= 0xC2 && b <= 0xDF ? 2 : b >= 0xE0 && b <= 0xEF ? 3 : b >= 0xF0 && b <= 0xF4 ? 4 : 0;
        for (int k = 1; k < length; k++) {
            if (i + k == to) {
                return -k;
            }
            int next = bytes[i + k] & 0xFF;
            int low = k > 1 ? 0x80 : b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
            int high = k > 1 ? 0xBF : b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
            if (next < low || next > high) {
                return 0;
            }
        }
        return length;
    }

    private static int codePoint(byte[] bytes, int i, int length) {
        int c = bytes[i] & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07);
        for (int k = 1; k < length; k++) {
            c = c << 6 | (bytes[i + k] & 0x3F);
        }
        return c;
    }

    /** {@code to}, or before it where a sequence begins that the end cuts. */
    static int wholeEnd(byte[] bytes, int from, int to) {
        for (int i = Math.max(from, to - 3); i < to; i++) {
            if ((bytes[i] & 0xC0) == 0xC0 && sequence(bytes, i, to) < 0) {
                return i;
            }
        }
        return to;
    }

    static byte[] encode(CharSequence text, int from, int to) {
        byte[] bytes = new byte[length(text, from, to)];
        int at = 0;
        int i = from;
        while (i < to) {
            int c = Character.codePointAt(text, i);
            if (Character.isBmpCodePoint(c) || i + 1 == to) {
                c = text.charAt(i++);
            } else {
                i += 2;
            }
            at = put(c, bytes, at);
        }
        return bytes;
    }

    private static int put(int c, byte[] bytes, int start) {
        int at = start;
        if (c < 0x80) {
            bytes[at++] = (byte) c;
        } else if (c >= 0xDC80 && c <= 0xDCFF) {
            bytes[at++] = (byte) (c - 0xDC00);
        } else if (c < 0x800) {
            bytes[at++] = (byte) (0xC0 | c >> 6);
            bytes[at++] = (byte) (0x80 | (c & 0x3F));
        } else {
            if (c < 0x10000) {
                bytes[at++] = (byte) (0xE0 | c >> 12);
            } else {
                bytes[at++] = (byte) (0xF0 | c >> 18);
                bytes[at++] = (byte) (0x80 | (c >> 12 & 0x3F));
            }
            bytes[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
            bytes[at++] = (byte) (0x80 | (c & 0x3F));
        }
        return at;
    }

    /** How many bytes that part of the text is. */
    static int length(CharSequence text, int from, int to) {
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x80 || (c >= 0xDC80 && c <= 0xDCFF)) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1))) {
                length += 4;
                i++;
            } else {
                length += 3;
            }
        }
        return length;
    }
}
