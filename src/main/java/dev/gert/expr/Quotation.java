package dev.gert.expr;

/** Reads quoted text: {@code "…"} and {@code '…'} with Go's escapes, and {@code `…`} as it is. */
final class Quotation {
    private static final String RAW = "write the backslash twice, or the text in backquotes: `…`";

    private final String text;
    private final int start;
    private final char quote;
    private int at;

    private Quotation(String text, int start) {
        this.text = text;
        this.start = start;
        this.quote = text.charAt(start);
        this.at = start + 1;
    }

    /** The quotation that begins at {@code start}, or why it can't be read. */
    static Token read(String text, int start) {
        return new Quotation(text, start).read();
    }

    private Token read() {
        if (quote == '`') {
            int end = text.indexOf('`', at);
            return end < 0 ? unclosed() : Token.of(Token.Kind.TEXT, text.substring(at, end), start, end + 1);
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == quote) {
                return Token.of(Token.Kind.TEXT, value.toString(), start, at + 1);
            }
            if (c == '\n') {
                return unclosed();
            }
            if (c == '\\') {
                Token problem = escape(value);
                if (problem.kind() == Token.Kind.BROKEN) {
                    return problem;
                }
                at = problem.end();
            } else {
                value.append(c);
                at++;
            }
        }
        return unclosed();
    }

    private Token unclosed() {
        return Token.broken("unclosed quote", "add the closing `" + quote + "`", start, start + 1);
    }

    /** Reads the escape at {@link #at} into {@code value}; a token that ends where it ends. */
    private Token escape(StringBuilder value) {
        if (at + 1 >= text.length()) {
            return unclosed();
        }
        char c = text.charAt(at + 1);
        switch (c) {
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'v' -> value.append('\u000b');
            case '\\', '\'', '"' -> value.append(c);
            case 'x' -> {
                return coded(value, at + 2, 2, 16);
            }
            case 'u' -> {
                return coded(value, at + 2, 4, 16);
            }
            case 'U' -> {
                return coded(value, at + 2, 8, 16);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                return coded(value, at + 1, 3, 8);
            }
            default -> {
                int end = at + 1 + Character.charCount(text.codePointAt(at + 1));
                return Token.broken("unknown escape `" + text.substring(at, end) + "`", RAW, at, end);
            }
        }
        return done(at + 2);
    }

    private Token coded(StringBuilder value, int from, int length, int radix) {
        int end = Math.min(from + length, text.length());
        long code = 0;
        for (int i = from; i < end; i++) {
            int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                end = i;
                break;
            }
            code = code * radix + digit;
        }
        if (end - from < length) {
            String base = radix == 8 ? " octal digits" : " hexadecimal digits";
            return Token.broken("an escape that is cut short", "it takes " + length + base, at, Math.max(end, at + 2));
        }
        if (length < 4 && code > 0x7f) {
            return Token.broken("an escape for a byte that is not ASCII", "write the character as `\\u00e9`", at, end);
        }
        if (code > Character.MAX_CODE_POINT || (code >= 0xd800 && code <= 0xdfff)) {
            return Token.broken("an escape for no character", "a code point is at most `\\U0010ffff`", at, end);
        }
        value.appendCodePoint((int) code);
        return done(end);
    }

    private Token done(int end) {
        return Token.of(Token.Kind.TEXT, "", at, end);
    }
}
