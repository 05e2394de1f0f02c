package dev.gert.render;

/** What lets a reader find a step: a filter, keys, opening everything. The page says all without it. */
final class ReportHtmlScript {
    static final String JS = """

            "use strict";
            const all = (query) => Array.from(document.querySelectorAll(query));
            const box = document.getElementById("filter");
            const steps = () => all("li.step").filter((each) => each.offsetParent !== null);
            if (box) box.addEventListener("input", () => {
              const wanted = box.value.toLowerCase();
              for (const each of all("li.step, .tl li:not(.axis)")) {
                each.classList.toggle("hidden", wanted !== "" && !each.textContent.toLowerCase().includes(wanted));
              }
            });
            const open = (state) => { for (const each of all("main details")) each.open = state; };
            const click = (id, done) => { const at = document.getElementById(id); if (at) at.addEventListener("click", done); };
            click("open", () => open(true));
            click("close", () => open(false));
            addEventListener("beforeprint", () => open(true));
            addEventListener("keydown", (key) => {
              if (key.ctrlKey || key.metaKey || key.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(key.target.tagName)) return;
              if (key.key === "/" && box) { key.preventDefault(); box.focus(); return; }
              if (key.key !== "j" && key.key !== "k") return;
              const marks = steps().map((each) => each.querySelector("summary")).filter((each) => each);
              const at = marks.indexOf(document.activeElement);
              const next = marks[key.key === "j" ? at + 1 : at < 0 ? marks.length - 1 : at - 1];
              if (next) { next.focus(); next.scrollIntoView({block: "nearest"}); }
            });
            addEventListener("hashchange", show);
            function show() {
              const at = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
              const inside = at && at.querySelector("details");
              if (inside) { inside.open = true; inside.querySelector("summary").focus(); }
            }
            show();
            """;

    private ReportHtmlScript() {}

    /** What a content security policy calls it. */
    static String source() {
        return ContentSource.of(JS);
    }
}
