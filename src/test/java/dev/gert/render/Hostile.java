package dev.gert.render;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.source.Source;
import java.util.ArrayList;
import java.util.List;

/** Findings of names and words that every format has a reason to trip over. */
final class Hostile {
    static final List<String> NAMES = List.of(
            "a b.yaml",
            "gr\u00fc\u00dfe/\u65e5\u672c.yaml",
            "100%25.yaml",
            "a,b::c=d.yaml",
            "c:/x.yaml",
            "/abs olute.yaml",
            "//host/x.yaml",
            "../up/x.yaml",
            "#1?q.yaml",
            "two\nlines\r.yaml",
            "<&\"'>.yaml",
            "bell\u0007\u001b[31m.yaml",
            "\u202egpj.yaml",
            "\ud83d\ude00.yaml",
            "half\ud800.yaml");

    static final List<String> WORDS = List.of(
            "unknown key `a\n::error::forged`",
            "`%0A%25` and `\r\n`",
            "]]> <!-- & \"quoted\" -->",
            "[click](https://evil.example) {0} {{ .x }}",
            "\u0000\u0008\u001b[2J\u007f\u0085\u2028\ufffe\uffff",
            "half \udc00 and \ud83d\ude00, \u65e5\u672c, \u00a0",
            "tab\there");

    private Hostile() {}

    /** Each name with each of the words; labels, helps, other places and findings without a place among them. */
    static List<Diagnostic> findings() {
        List<Diagnostic> findings = new ArrayList<>();
        int n = 0;
        for (String words : WORDS) {
            findings.add(
                    new Diagnostic(Code.R204, Severity.ERROR, words, null, List.of(), n++ % 2 == 0 ? words : null));
        }
        for (String name : NAMES) {
            Source source = Source.of(name, "a: \ud83d\ude00 b\r\nc: d\re: \u65e5\n");
            for (String words : WORDS) {
                Severity severity = n % 3 == 0 ? Severity.WARNING : Severity.ERROR;
                Label primary = new Label(source.span(n % 7, n % 7 + n % 5), n % 2 == 0 ? words : "");
                List<Label> others = n % 4 == 0 ? List.of(new Label(source.span(3, 5), words)) : List.of();
                findings.add(new Diagnostic(
                        n % 2 == 0 ? Code.Y104 : Code.T301,
                        severity,
                        words,
                        primary,
                        others,
                        n % 5 == 0 ? words : null));
                n++;
            }
        }
        return findings;
    }
}
