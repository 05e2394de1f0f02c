package dev.gert.render;

/** What lets a reader find a step: a filter, keys, opening everything. The page says all without it. */
final class ReportHtmlScript {
    static final String JS = """

            "use strict";
            const all = (query) => Array.from(document.querySelectorAll(query));
            const steps = () => all("li.step").filter((each) => each.offsetParent !== null);
            const openAll = (state) => { for (const each of all("main details")) each.open = state; };
            function wire() {
              const on = (id, event, done) => { const at = document.getElementById(id); if (at) at.addEventListener(event, done); };
              on("filter", "input", (event) => {
                const wanted = event.target.value.toLowerCase();
                for (const each of all("li.step, .tl li:not(.axis)")) {
                  each.classList.toggle("hidden", wanted !== "" && !each.textContent.toLowerCase().includes(wanted));
                }
              });
              on("open", "click", () => openAll(true));
              on("close", "click", () => openAll(false));
            }
            wire();
            addEventListener("beforeprint", () => openAll(true));
            addEventListener("keydown", (key) => {
              if (key.ctrlKey || key.metaKey || key.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(key.target.tagName)) return;
              const box = document.getElementById("filter");
              if (key.key === "/" && box) { key.preventDefault(); box.focus(); return; }
              if (key.key !== "j" && key.key !== "k") return;
              const marks = steps().map((each) => each.querySelector("summary")).filter((each) => each);
              const at = marks.indexOf(document.activeElement);
              const next = marks[key.key === "j" ? at + 1 : at < 0 ? marks.length - 1 : at - 1];
              if (next) { next.focus(); next.scrollIntoView({block: "nearest"}); }
            });
            addEventListener("hashchange", goTo);
            function goTo() {
              const at = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
              const inside = at && at.querySelector("details");
              if (inside) { inside.open = true; inside.querySelector("summary").focus(); }
            }
            goTo();
            """;

    private ReportHtmlScript() {}

    /** What a content security policy calls it. */
    static String source() {
        return ContentSource.of(JS);
    }
}
