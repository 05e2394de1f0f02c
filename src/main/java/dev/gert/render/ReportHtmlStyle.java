package dev.gert.render;

/** How the report looks, on a screen of either kind and on paper. */
final class ReportHtmlStyle {
    static final String CSS = """

            :root {
              color-scheme: light dark;
              --bg: #ffffff; --panel: #f6f8fa; --line: #d1d9e0; --text: #1f2328; --quiet: #59636e; --focus: #0969da;
              --good: #116329; --good-bg: #e6f6ea; --good-bar: #2da44e;
              --bad: #a40e26; --bad-bg: #fdebec; --bad-bar: #d1242f;
              --warn: #7d4e00; --warn-bg: #fff4d6; --warn-bar: #d4a72c; --man: #8c959f; --elev: #c7a4ff;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --bg: #0d1117; --panel: #161b22; --line: #343b44; --text: #e6edf3; --quiet: #9aa4ae; --focus: #58a6ff;
                --good: #56d364; --good-bg: #12261a; --good-bar: #2ea043;
                --bad: #ff8f87; --bad-bg: #2d1618; --bad-bar: #da3633;
                --warn: #e3b341; --warn-bg: #2b2111; --warn-bar: #9e6a03; --man: #6e7681; --elev: #6e40c9;
              }
            }
            * { box-sizing: border-box; }
            html { scroll-padding-top: 4rem; }
            body {
              margin: 0 auto; padding: 1.5rem; max-width: 78rem; background: var(--bg); color: var(--text);
              font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif;
            }
            code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; font-size: .9em; }
            pre { overflow-x: auto; padding: .75rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; }
            h1 { margin: .1rem 0; font-size: 2.2rem; line-height: 1.2; }
            h2 { margin: 2.2rem 0 .5rem; font-size: 1.2rem; }
            h3 { margin: 1.2rem 0 .3rem; font-size: 1.05rem; overflow-wrap: anywhere; }
            h4 { margin: .6rem 0 .2rem; font-size: .95rem; }
            a { color: inherit; }
            :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
            .vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
            .hidden { display: none; }
            .skip { position: absolute; left: -99rem; }
            .skip:focus { left: 1.5rem; top: .2rem; }
            .quiet, .c, dt { color: var(--quiet); }
            .tag { padding: 0 .4em; border: 1px solid var(--line); border-radius: 1em; font-size: .8em; font-style: normal; color: var(--quiet); }
            .verdict { padding: 1.2rem 1.5rem; border: 1px solid var(--line); border-left: .6rem solid var(--man); border-radius: .5rem; }
            .verdict p { margin: .15rem 0; overflow-wrap: anywhere; }
            .verdict .label { font-size: 1.15rem; }
            .verdict.g { background: var(--good-bg); border-left-color: var(--good-bar); }
            .verdict.b { background: var(--bad-bg); border-left-color: var(--bad-bar); }
            .verdict.w { background: var(--warn-bg); border-left-color: var(--warn-bar); }
            .verdict.g h1 { color: var(--good); } .verdict.b h1 { color: var(--bad); } .verdict.w h1 { color: var(--warn); }
            .figures { display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin: .8rem 0; padding: 0; list-style: none; }
            .figures b { font-size: 1.3rem; font-variant-numeric: tabular-nums; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .3rem 0 .6rem; }
            dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
            dd.pre { white-space: pre-wrap; }
            .facts { grid-template-columns: repeat(auto-fit, minmax(5rem, max-content) minmax(12rem, 1fr)); }
            .gaps { margin: 0; padding-left: 1.2rem; }
            .gaps li { overflow-wrap: anywhere; }
            .legend { margin: 0 0 .5rem; color: var(--quiet); font-size: .9em; }
            .legend svg { margin-left: .8rem; vertical-align: -1px; }
            .defs { position: absolute; width: 0; height: 0; }
            rect.g { fill: var(--good-bar); stroke: var(--good-bar); } rect.b { fill: var(--bad-bar); stroke: var(--bad-bar); }
            rect.w { fill: var(--warn-bar); stroke: var(--warn-bar); } rect.q, rect.line { fill: var(--line); stroke: none; }
            rect.appr { fill: url(#hatch); stroke: var(--warn-bar); } rect.man { fill: var(--man); opacity: .55; }
            rect.elev { fill: var(--elev); opacity: .6; } rect.idle { fill: var(--panel); stroke: var(--line); stroke-dasharray: 2 3; }
            .h0 { fill: var(--warn-bg); } .h1 { fill: var(--warn-bar); }
            ol.tl { margin: 0; padding: .4rem 0; list-style: none; border: 1px solid var(--line); border-radius: .4rem; }
            .tl li { display: grid; grid-template-columns: minmax(6rem, 16rem) 1fr; gap: .8rem; align-items: center; padding: 0 1rem; }
            .tl li:hover { background: var(--panel); }
            .tl a { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-decoration: none; font-size: .88em; }
            .tl a:hover { text-decoration: underline; }
            .bars { width: 100%; height: 16px; overflow: visible; }
            .ax { display: flex; justify-content: space-between; color: var(--quiet); font-size: .8em; font-variant-numeric: tabular-nums; }
            .tools { position: sticky; top: 0; z-index: 1; padding: .5rem 0; background: var(--bg); border-bottom: 1px solid var(--line); }
            input, button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: .3rem; padding: .15rem .5rem; }
            ul.tree, ul.sub { margin: 0; padding: 0; list-style: none; }
            ul.sub, div.sub { margin-left: 1.1rem; padding-left: .6rem; border-left: 1px solid var(--line); }
            summary, .sum { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .6rem; padding: .15rem .5rem; border-left: 3px solid transparent; }
            summary { cursor: pointer; list-style: none; }
            summary::-webkit-details-marker { display: none; }
            summary:hover { background: var(--panel); }
            .step > details > dl, .step > details > h4 { margin-left: 2.2rem; }
            .step > details[open] { padding-bottom: .3rem; }
            .m { flex: none; width: 1.1em; text-align: center; }
            .k { color: var(--quiet); font-size: .85em; }
            .t { flex: 1 1 12rem; min-width: 0; overflow-wrap: anywhere; color: var(--quiet); }
            .st { font-weight: 600; }
            .d { font-variant-numeric: tabular-nums; color: var(--quiet); min-width: 4rem; text-align: right; }
            .step.g > * > summary .m { color: var(--good); }
            .step.b > * > .sum, .step.b > .sum, .step.b > details > summary { border-color: var(--bad-bar); background: var(--bad-bg); }
            .step.b .m, .step.b > * > summary .st { color: var(--bad); }
            .step.b > ul .m { color: inherit; }
            .step.w > details > summary, .step.w > .sum { border-color: var(--warn-bar); background: var(--warn-bg); }
            .arm { padding: .1rem .5rem; overflow-wrap: anywhere; }
            .arm .a { font-weight: 600; }
            .arm.not, .arm.not .a { color: var(--quiet); font-weight: 400; }
            .more { padding: .1rem 2.2rem; color: var(--quiet); }
            .out { margin: .2rem 0 .3rem 2.2rem; overflow-wrap: anywhere; }
            .cmd span { padding: 0 .25em; background: var(--panel); border-radius: .2rem; white-space: pre-wrap; }
            .h { color: var(--quiet); font-size: .8em; overflow-wrap: anywhere; }
            .values { margin: 0; padding: 0; list-style: none; }
            table { width: 100%; border-collapse: collapse; }
            th, td { padding: .3rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
            tr.b th, tr.b td { background: var(--bad-bg); }
            .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 1rem; margin: 0; padding: 0; list-style: none; }
            .gallery li { padding: .6rem .8rem; border: 1px solid var(--line); border-radius: .4rem; overflow-wrap: anywhere; }
            .gallery p { margin: .3rem 0 0; }
            img { max-width: 100%; max-height: 16rem; margin-top: .3rem; border: 1px solid var(--line); }
            .step { content-visibility: auto; contain-intrinsic-size: auto 1.9rem; }
            @media (max-width: 40rem) {
              body { padding: .6rem; }
              .facts { grid-template-columns: max-content 1fr; }
              .tl li { grid-template-columns: 7rem 1fr; padding: 0 .4rem; }
            }
            @media print {
              :root { color-scheme: light; --bg: #fff; --panel: #fff; --line: #bbb; --text: #000; --quiet: #444;
                --good: #0a4a1e; --good-bg: #eef8f0; --bad: #8a0016; --bad-bg: #fdf0f0; --warn: #5c3a00; --warn-bg: #fff8e6; }
              body { max-width: none; padding: 0; font-size: 9.5pt; }
              .tools, .skip { display: none; }
              .step { content-visibility: visible; }
              summary, tr, .tl li, .gallery li { break-inside: avoid; }
              .verdict, rect, summary { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
            }
            """;

    private ReportHtmlStyle() {}

    /** What a content security policy calls it. */
    static String source() {
        return ContentSource.of(CSS);
    }
}
