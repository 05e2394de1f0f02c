package dev.gert.expr;

import dev.gert.expr.Token.Kind;
import java.util.Locale;

/**
 * Cuts an expression into words, one when asked. The last is {@link Kind#END} or, at the first thing
 * that can't be read, {@link Kind#BROKEN}; nothing is reported here, so that problems come in order.
 */
final class Lexer {
    private static final String QUOTE_HELP = "text stands between plain quotes: `\"…\"`";

    private final String text;
    private final int open;
    private final boolean template;
    private int at;

    private Lexer(String text, int open, int from, boolean template) {
        this.text = text;
        this.open = open;
        this.at = from;
        this.template = template;
    }

    /** The words of a condition, all of {@code text}. */
    static Lexer condition(String text) {
        return new Lexer(text, 0, 0, false);
    }

    /**
     * The words of a template's action that opens at {@code open}, from {@code from} to its closing
     * braces, which are {@link Kind#END}.
     */
    static Lexer action(String text, int open, int from) {
        return new Lexer(text, open, from, true);
    }

    /** The next word; not to be asked behind the last. */
    Token next() {
        skipSpace();
        Token token = template ? templateToken() : conditionToken();
        at = token.end();
        return token;
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private Token templateToken() {
        if (at >= text.length()) {
            return Token.broken("`{{` without `}}`", "close it with `}}`", open, open + 2);
        }
        char c = text.charAt(at);
        return switch (c) {
            case '}' -> nextIs('}') ? sign(Kind.END, 2) : broken("a single `}`", "an action ends with `}}`", 1);
            case '-' -> templateDash();
            case '|' -> nextIs('|') ? operator(2) : sign(Kind.PIPE, 1);
            case '{' ->
                nextIs('{')
                        ? broken("`{{` inside an action", "close the one before it with `}}`", 2)
                        : broken("unexpected `{`", "", 1);
            case ',' -> broken("a comma between arguments", "a space parts them: `eq .a .b`", 1);
            case '\'' -> broken("single quotes in a template", QUOTE_HELP, 1);
            case ':', '$' -> broken("templates have no variables", "write `.name` for a value", 1);
            case '=' -> nextIs('=') ? operator(2) : broken("templates have no variables", "to compare: `eq .a .b`", 1);
            case '!', '<', '>', '&', '+', '*', '/', '%' -> operator(nextIs('=') || (c == '&' && nextIs('&')) ? 2 : 1);
            default -> commonToken(c);
        };
    }

    private Token templateDash() {
        if (text.startsWith("}}", at + 1)) {
            return at > 0 && isSpace(text.charAt(at - 1))
                    ? sign(Kind.END, 3)
                    : broken("`-}}` without a space before it", "write ` -}}`", 3);
        }
        return at + 1 < text.length() && isDigit(text.charAt(at + 1))
                ? number()
                : broken("a `-` that belongs to no number", dashHelp(), 1);
    }

    private String dashHelp() {
        boolean inName = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        return inName
                ? "names hold letters, digits and `_`; for another key write `index .map \"a-b\"`"
                : "templates do not calculate";
    }

    private Token operator(int length) {
        return broken(
                "`" + text.substring(at, at + length) + "` in a template",
                "operators belong to conditions without `{{`; here write `eq .a .b`, `not .a`, `and .a .b`",
                length);
    }

    private Token conditionToken() {
        if (at >= text.length()) {
            return Token.of(Kind.END, "", at, at);
        }
        char c = text.charAt(at);
        return switch (c) {
            case '=' -> equalsSign();
            case '!' -> nextIs('=') ? notEqual() : sign(Kind.NOT, 1);
            case '<' ->
                nextIs('>') ? meant("<>", "!=") : nextIs('=') ? sign(Kind.LESS_OR_EQUAL, 2) : sign(Kind.LESS, 1);
            case '>' -> nextIs('=') ? sign(Kind.GREATER_OR_EQUAL, 2) : sign(Kind.GREATER, 1);
            case '&' -> nextIs('&') ? sign(Kind.AND, 2) : meant("&", "&&");
            case '|' ->
                nextIs('|')
                        ? sign(Kind.OR, 2)
                        : broken("unexpected `|`", "did you mean `||`? pipes belong to templates, `{{ … }}`", 1);
            case '+' -> sign(Kind.PLUS, 1);
            case '-' -> sign(Kind.MINUS, 1);
            case '*' -> sign(Kind.STAR, 1);
            case ',' -> sign(Kind.COMMA, 1);
            case '\'' -> Quotation.read(text, at);
            case '/', '%' -> broken("conditions do not divide", "compare with a product: `a > b * 2`", 1);
            case '?', ':' -> broken("unexpected `" + c + "`", "combine conditions with `and` and `or`", 1);
            case '$' -> broken("unexpected `$`", "a name stands as it is: `name`", 1);
            case '{', '}' -> broken("unexpected `" + c + "`", "a list is `[a, b]`", 1);
            default -> commonToken(c);
        };
    }

    private Token equalsSign() {
        if (nextIs('=')) {
            return thirdIs('=') ? meant("===", "==") : sign(Kind.EQUAL, 2);
        }
        if (nextIs('<') || nextIs('>')) {
            return nextIs('<') ? meant("=<", "<=") : meant("=>", ">=");
        }
        return nextIs('~') ? meant("=~", "matches") : meant("=", "==");
    }

    private Token notEqual() {
        return thirdIs('=') ? meant("!==", "!=") : sign(Kind.NOT_EQUAL, 2);
    }

    private Token commonToken(char c) {
        return switch (c) {
            case '(' -> sign(Kind.OPEN_PAREN, 1);
            case ')' -> sign(Kind.CLOSE_PAREN, 1);
            case '[' -> sign(Kind.OPEN_BRACKET, 1);
            case ']' -> sign(Kind.CLOSE_BRACKET, 1);
            case '"', '`' -> Quotation.read(text, at);
            case '.' -> field();
            default -> isDigit(c) ? number() : word();
        };
    }

    private Token field() {
        int end = nameEnd(at + 1);
        if (end > at + 1) {
            return Token.of(Kind.FIELD, text.substring(at + 1, end), at, end);
        }
        if (at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
            return broken("a `.` before a digit", "a number is `0.5`, an item of a list `name[0]`", 2);
        }
        return broken("a `.` without a name", "write `.name`", 1);
    }

    private Token number() {
        int from = text.charAt(at) == '-' ? at + 1 : at;
        int end = digitsEnd(from);
        boolean padded = end - from > 1 && text.charAt(from) == '0';
        if (end + 1 < text.length() && text.charAt(end) == '.' && isDigit(text.charAt(end + 1))) {
            end = digitsEnd(end + 1);
        }
        boolean plain = !padded && (end == text.length() || text.charAt(end) != '.') && nameEnd(end) == end;
        if (plain && end - at <= Limits.DIGITS) {
            return Token.of(Kind.NUMBER, text.substring(at, end), at, end);
        }
        if (plain) {
            return Token.broken("a number of more than 1,000 digits", "", at, end);
        }
        while (end < text.length() && (text.charAt(end) == '.' || isDigit(text.charAt(end)) || nameEnd(end) > end)) {
            end = Math.max(end + 1, nameEnd(end));
        }
        String written = end - at <= 40 ? "`" + text.substring(at, end) + "`" : "this";
        return Token.broken(
                written + " is not a plain number", "a number is `10` or `1.5`; text stands between quotes", at, end);
    }

    private int digitsEnd(int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private Token word() {
        int end = nameEnd(at);
        if (end > at) {
            String word = text.substring(at, end);
            return Token.of(template ? Kind.NAME : kindOf(word), word, at, end);
        }
        int code = text.codePointAt(at);
        int length = Character.charCount(code);
        if (code >= 0x2018 && code <= 0x201f) {
            return broken("a typographic quote", QUOTE_HELP, length);
        }
        boolean visible = code > 0x20 && code < 0x7f;
        String hex = Integer.toHexString(code).toUpperCase(Locale.ROOT);
        String shown =
                visible ? "`" + (char) code + "`" : "character U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
        return broken("unexpected " + shown, "", length);
    }

    static Kind kindOf(String word) {
        return switch (word) {
            case "or" -> Kind.OR;
            case "and" -> Kind.AND;
            case "not" -> Kind.NOT;
            case "in" -> Kind.IN;
            case "contains" -> Kind.CONTAINS;
            case "startsWith" -> Kind.STARTS_WITH;
            case "endsWith" -> Kind.ENDS_WITH;
            case "matches" -> Kind.MATCHES;
            case "true" -> Kind.TRUE;
            case "false" -> Kind.FALSE;
            case "null", "nil" -> Kind.NULL;
            default -> Kind.NAME;
        };
    }

    /** Where a name that begins at {@code from} ends; {@code from} itself where none begins. */
    private int nameEnd(int from) {
        int end = from;
        while (end < text.length()) {
            int code = text.codePointAt(end);
            boolean fits = code == '_' || Character.isLetter(code) || (end > from && Character.isDigit(code));
            if (!fits) {
                break;
            }
            end += Character.charCount(code);
        }
        return end;
    }

    private boolean nextIs(char c) {
        return at + 1 < text.length() && text.charAt(at + 1) == c;
    }

    private boolean thirdIs(char c) {
        return at + 2 < text.length() && text.charAt(at + 2) == c;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Token meant(String written, String sign) {
        return broken("unexpected `" + written + "`", "did you mean `" + sign + "`?", written.length());
    }

    private Token sign(Kind kind, int length) {
        return Token.of(kind, text.substring(at, at + length), at, at + length);
    }

    private Token broken(String message, String help, int length) {
        return Token.broken(message, help, at, Math.min(text.length(), at + length));
    }
}
