package dev.gert.expr;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Suggestions;
import dev.gert.json.JsonValue;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of templates and conditions (formats.md, section 2). What is worked on comes first,
 * as in Go's {@code strings}; a pipe gives its value as the last argument, as in Go's templates.
 *
 * <table>
 * <caption>Functions</caption>
 * <tr><th>call</th><th>result</th></tr>
 * <tr><td>{@code eq a b…}</td><td>whether {@code a == b} for any b</td></tr>
 * <tr><td>{@code ne a b}, {@code lt a b}, {@code le a b}, {@code gt a b}, {@code ge a b}</td>
 *     <td>{@code a != b}, {@code a < b}, {@code a <= b}, {@code a > b}, {@code a >= b}</td></tr>
 * <tr><td>{@code and a…}, {@code or a…}</td><td>the first that is false (true), else the last; the
 *     rest is not read</td></tr>
 * <tr><td>{@code not a}</td><td>whether a is false: the texts {@code ""}, {@code "false"} and {@code
 *     "0"}, false, 0, null, an empty list or map</td></tr>
 * <tr><td>{@code contains a b}</td><td>whether text a holds text b, list a the item b, map a the key
 *     b</td></tr>
 * <tr><td>{@code hasPrefix a b}, {@code startsWith a b}, {@code hasSuffix a b}, {@code endsWith a
 *     b}</td><td>whether text a begins (ends) with b</td></tr>
 * <tr><td>{@code matches a pattern}</td><td>whether the RE2 pattern is found in text a; {@code ^} and
 *     {@code $} anchor it</td></tr>
 * <tr><td>{@code has list item}</td><td>{@code item in list}</td></tr>
 * <tr><td>{@code list a…}</td><td>a list of the arguments</td></tr>
 * <tr><td>{@code lower a}, {@code upper a}, {@code trim a}</td><td>text a in lower (upper) case,
 *     without space around it</td></tr>
 * <tr><td>{@code split a sep}</td><td>the list of a's parts between separators; by {@code ""} its
 *     characters</td></tr>
 * <tr><td>{@code join list sep}</td><td>the items as text, with sep between them</td></tr>
 * <tr><td>{@code replace a old new}</td><td>a with every old replaced</td></tr>
 * <tr><td>{@code trimPrefix a b}, {@code trimSuffix a b}</td><td>a without b at its start (end)</td></tr>
 * <tr><td>{@code default fallback a}</td><td>a, or fallback where a is unset, missing, null, {@code ""},
 *     an empty list or map (not 0 or false)</td></tr>
 * <tr><td>{@code len a}</td><td>the items of a list, the keys of a map, the characters of other
 *     text</td></tr>
 * <tr><td>{@code int a}</td><td>the number without its fraction</td></tr>
 * <tr><td>{@code json a}</td><td>a written as JSON, text in quotes</td></tr>
 * <tr><td>{@code index a key…}</td><td>{@code a[key]…}</td></tr>
 * </table>
 *
 * Text that is a JSON list or object stands for it where a list or map is wanted: {@code in}, {@code
 * has}, {@code join}, {@code len}, {@code index}, {@code .a.b} and {@code [0]}; {@code contains}
 * takes it as text.
 */
final class Functions {
    private Functions() {}

    /**
     * The function that a name at a call means; null, and reported as T303, where there is none.
     * {@code help} is given where no function is spelled like it.
     */
    static @Nullable Function find(Token name, Problems problems, String help) {
        Function function = Function.named(name.text());
        if (function == null) {
            List<String> words = new ArrayList<>();
            for (Function each : Function.values()) {
                words.add(each.word());
            }
            String suggestion = Suggestions.didYouMean(name.text(), words);
            problems.error(
                    Code.T303,
                    problems.place(name.start(), name.end()),
                    "unknown function `" + name.text() + "`",
                    suggestion.isEmpty() ? help : suggestion);
        }
        return function;
    }

    /** The node for a call; null, and reported, where the arguments do not fit. */
    static @Nullable Node call(Function function, List<Node> arguments, Span span, Problems problems) {
        int count = arguments.size();
        if (count < function.least() || count > function.most()) {
            problems.error(
                    Code.T303,
                    span,
                    "`" + function.word() + "` takes " + arity(function) + ", found " + count,
                    "its arguments: " + function.parameters());
            return null;
        }
        return switch (function) {
            case AND -> new Node.All(arguments, span);
            case OR -> new Node.Any(arguments, span);
            case NOT -> new Node.Not(arguments.get(0), span);
            case EQ ->
                count == 2
                        ? compare(Comparison.EQUAL, arguments, span)
                        : new Node.Compare(
                                Comparison.IN,
                                arguments.get(0),
                                new Node.Items(arguments.subList(1, count), span),
                                span);
            case NE -> compare(Comparison.NOT_EQUAL, arguments, span);
            case LT -> compare(Comparison.LESS, arguments, span);
            case LE -> compare(Comparison.LESS_OR_EQUAL, arguments, span);
            case GT -> compare(Comparison.GREATER, arguments, span);
            case GE -> compare(Comparison.GREATER_OR_EQUAL, arguments, span);
            case CONTAINS -> compare(Comparison.CONTAINS, arguments, span);
            case HAS_PREFIX, STARTS_WITH -> compare(Comparison.STARTS_WITH, arguments, span);
            case HAS_SUFFIX, ENDS_WITH -> compare(Comparison.ENDS_WITH, arguments, span);
            case MATCHES -> match(arguments.get(0), arguments.get(1), span, problems);
            case HAS -> new Node.Compare(Comparison.IN, arguments.get(1), arguments.get(0), span);
            case LIST -> new Node.Items(arguments, span);
            case DEFAULT -> new Node.Default(arguments.get(0), arguments.get(1), span);
            case INDEX -> index(arguments, span);
            default -> new Node.Call(function, arguments, span);
        };
    }

    private static Node compare(Comparison comparison, List<Node> arguments, Span span) {
        return new Node.Compare(comparison, arguments.get(0), arguments.get(1), span);
    }

    private static Node index(List<Node> arguments, Span span) {
        List<Node.Step> steps = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i++) {
            Node key = arguments.get(i);
            steps.add(new Node.Step.At(key, key.span()));
        }
        return new Node.Path(arguments.get(0), steps, span);
    }

    /** A search by pattern; a literal one is compiled here, and reported as T305 where it is broken. */
    static @Nullable Node match(Node text, Node pattern, Span span, Problems problems) {
        if (!(pattern instanceof Node.Literal literal) || !(literal.value() instanceof JsonValue.Text written)) {
            return new Node.Match(text, pattern, null, span);
        }
        Regex compiled = Regex.of(written.value());
        String problem = compiled.problem();
        if (problem != null) {
            problems.error(Code.T305, pattern.span(), problem, "patterns are RE2: no look-around, no back-references");
            return null;
        }
        return new Node.Match(text, pattern, compiled, span);
    }

    private static String arity(Function function) {
        int least = function.least();
        String plural = least == 1 ? " argument" : " arguments";
        return (function.most() == least ? "" : "at least ") + least + plural;
    }
}
