package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.expr.NameUse;
import dev.gert.expr.Template;
import dev.gert.model.ToolFile;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Which arguments the words of an action's {@code argv} read, as {@code .name} or {@code .args.name}. */
final class ArgumentUse {
    /** The name under which all arguments are read together. */
    static final String ALL = "args";

    private final List<ToolFile.Arg> args;
    private final List<String> known = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private final Diagnostics diagnostics;

    /** Whether any argument may be read: by {@code .args} itself, or in a template that is broken. */
    private boolean all;

    ArgumentUse(List<ToolFile.Arg> args, Diagnostics diagnostics) {
        this.args = args;
        this.diagnostics = diagnostics;
        for (ToolFile.Arg arg : args) {
            known.add(arg.name());
        }
    }

    void word(YamlNode.Scalar word) {
        // places in the scalar may be vague; in its text alone, each is exact
        String text = word.text();
        Span whole = Source.of("", text).span(0, text.length());
        Diagnostics reported = new Diagnostics();
        Template exact = Template.parse(new YamlNode.Scalar(text, word.kind(), whole), reported);
        all |= reported.hasErrors();
        for (NameUse use : exact.names()) {
            int end = use.span().end();
            if (!use.name().equals(ALL)) {
                name(use.name(), use.defaulted(), word.spanOf(use.span().start(), end));
                continue;
            }
            int stop = end + 1;
            while (stop < text.length() && isPartOfName(text.charAt(stop))) {
                stop++;
            }
            if (end < text.length() && text.charAt(end) == '.' && stop > end + 1) {
                name(text.substring(end + 1, stop), use.defaulted(), word.spanOf(end + 1, stop));
            } else {
                all = true;
            }
        }
    }

    /** Reports arguments that no word reads. */
    void done() {
        for (ToolFile.Arg arg : args) {
            if (!all && !read.contains(arg.name())) {
                diagnostics.warning(
                        Code.R220, arg.span(), "no word of `argv` reads argument `" + arg.name() + "`", null);
            }
        }
    }

    private void name(String name, boolean defaulted, Span span) {
        int at = known.indexOf(name);
        if (at < 0) {
            diagnostics.error(
                    Code.R203,
                    span,
                    "the action has no argument `" + name + "`",
                    Suggestions.didYouMean(name, known),
                    "the words of `argv` read the action's own arguments and nothing else");
            return;
        }
        ToolFile.Arg arg = args.get(at);
        if (!read.contains(name) && !arg.required() && arg.otherwise() == null && !defaulted) {
            diagnostics.warning(
                    Code.R221,
                    span,
                    "argument `" + name + "` may have no value, and reading it is then an error",
                    "give it a `default`, make it `required`, or write `default \"…\" ." + name + "`");
        }
        read.add(name);
    }

    private static boolean isPartOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
