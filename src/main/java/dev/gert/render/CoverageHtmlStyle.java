package dev.gert.render;

/** How the page of {@link CoverageHtml} looks, on a screen of either kind and on paper. */
final class CoverageHtmlStyle {
    static final String CSS = """
            :root {
              color-scheme: light dark;
              --bg: #ffffff; --panel: #f6f8fa; --line: #d1d9e0; --text: #1f2328; --quiet: #59636e;
              --good: #116329; --good-bg: #e6f6ea; --good-bar: #2da44e;
              --bad: #a40e26; --bad-bg: #fdebec; --bad-bar: #e5534b; --focus: #0969da;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --bg: #0d1117; --panel: #161b22; --line: #343b44; --text: #e6edf3; --quiet: #9aa4ae;
                --good: #56d364; --good-bg: #12261a; --good-bar: #2ea043;
                --bad: #ff8f87; --bad-bg: #2d1618; --bad-bar: #da3633; --focus: #58a6ff;
              }
            }
            * { box-sizing: border-box; }
            html { scroll-padding-top: 4rem; }
            body {
              margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--bg); color: var(--text);
              font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif;
            }
            code, .mono, pre { font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; font-size: .9em; }
            pre { overflow-x: auto; padding: .75rem 1rem; background: var(--panel); border: 1px solid var(--line); }
            h1 { margin: 0; font-size: 1.4rem; }
            h2 { margin: 2.2rem 0 .2rem; font-size: 1.15rem; overflow-wrap: anywhere; }
            h3 { margin: 1.2rem 0 .3rem; font-size: 1rem; }
            a { color: inherit; }
            :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
            .vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
            .skip { position: absolute; left: -99rem; }
            .skip:focus { left: 1.5rem; top: .2rem; }
            .figures { display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin: 1rem 0; padding: 0; list-style: none; }
            .figures li { min-width: 15rem; }
            .figures b { display: block; font-size: 2.6rem; line-height: 1.1; font-variant-numeric: tabular-nums; }
            .bar { display: block; height: .5rem; margin-top: .35rem; background: var(--bad-bar); border-radius: .25rem; overflow: hidden; }
            .bar span { display: block; height: 100%; background: var(--good-bar); }
            .quiet { color: var(--quiet); }
            .tools {
              position: sticky; top: 0; z-index: 1; padding: .5rem 0; background: var(--bg); border-bottom: 1px solid var(--line);
            }
            .only { width: 1.1rem; height: 1.1rem; margin: .95rem .4rem 0 0; float: left; position: sticky; top: .7rem; z-index: 2; }
            .tools label { display: inline-block; padding: .25rem .5rem .25rem .2rem; font-weight: 600; cursor: pointer; }
            .legend { display: inline; margin: 0; padding: 0; }
            .legend li { display: inline-block; margin: .25rem 0 0 1.2rem; color: var(--quiet); }
            table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { padding: .35rem .6rem; text-align: left; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
            td.n, th.n { text-align: right; white-space: nowrap; }
            td .bar { width: 8rem; margin: 0; }
            ul.tree, ul.tree ul { margin: 0; padding-left: 1.3rem; list-style: none; border-left: 1px solid var(--line); }
            ul.tree { padding-left: 0; border: 0; }
            .node { display: flex; align-items: baseline; gap: .5rem; padding: .1rem .5rem; border-left: 3px solid transparent; }
            .node .t { overflow-wrap: anywhere; }
            .node .c { color: var(--quiet); overflow-wrap: anywhere; }
            .node .by { margin-left: auto; flex: 0 1 22rem; min-width: 6rem; text-align: right; color: var(--quiet);
              overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
            .mark { flex: none; width: 1.1em; font-weight: 700; text-align: center; }
            summary { cursor: pointer; list-style: none; }
            summary::-webkit-details-marker { display: none; }
            summary::after { content: "+"; flex: none; color: var(--quiet); }
            details[open] > summary::after { content: "\\2212"; }
            .covered > details > summary { border-color: var(--good-bar); background: var(--good-bg); }
            .uncovered > details > summary, .unreachable > details > summary { border-color: var(--bad-bar); background: var(--bad-bg); }
            .unreachable > details > summary { border-left-style: dashed; }
            .covered > details > summary .mark, .reached > .node .mark { color: var(--good); }
            .uncovered > details > summary .mark, .unreachable > details > summary .mark,
            .uncovered > details > summary .by, .unreachable > details > summary .by { color: var(--bad); }
            .missed > .node { color: var(--quiet); }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .2rem 0 .6rem 2.2rem; }
            dt { color: var(--quiet); }
            dd { margin: 0; overflow-wrap: anywhere; }
            dd ul { margin: 0; padding-left: 1.1rem; }
            section { content-visibility: auto; contain-intrinsic-size: auto 40rem; }
            .only:checked ~ main .fine { display: none; }
            .only:not(:checked) ~ main .nothing { display: none; }
            @media print {
              :root { color-scheme: light; --bg: #fff; --panel: #fff; --line: #bbb; --text: #000; --quiet: #444;
                --good: #0a4a1e; --good-bg: #eef8f0; --bad: #8a0016; --bad-bg: #fdf0f0; }
              body { max-width: none; padding: 0; font-size: 10pt; }
              .only, .tools label, .skip, summary::after { display: none; }
              .tools { position: static; }
              section { content-visibility: visible; }
              .node, tr { break-inside: avoid; }
              .node .by { white-space: normal; }
              .bar, .node { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
            }
            """;

    private CoverageHtmlStyle() {}
}
