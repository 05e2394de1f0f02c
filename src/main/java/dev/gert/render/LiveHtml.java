package dev.gert.render;

/** The page that a run's report is shown live on: an empty one, which gets everything by its session. */
public final class LiveHtml {
    private static final String CSS = ReportHtmlStyle.CSS + """
            #ask { position: sticky; top: 0; z-index: 2; }
            #ask section { margin: 0 0 1rem; padding: 1rem 1.2rem; border: 1px solid var(--warn-bar); border-left-width: .6rem;
              border-radius: .5rem; background: var(--warn-bg); box-shadow: 0 .3rem 1rem #0003; }
            #ask h2 { margin: 0 0 .4rem; }
            #ask pre { max-height: 45vh; margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
            #ask form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
            #ask input[type=text], #ask input[type=password], #ask textarea { flex: 1 1 16rem; min-height: 2rem; background: var(--bg); }
            #ask textarea { min-height: 5rem; }
            #ask .yes { background: var(--good-bar); color: #fff; border-color: transparent; font-weight: 600; }
            #ask .no { background: var(--bad-bar); color: #fff; border-color: transparent; font-weight: 600; }
            #state { color: var(--quiet); }
            #file { position: fixed; inset: 3rem; z-index: 3; overflow: auto; }
            """;

    private static final String JS = ReportHtmlScript.JS + """
            const state = document.getElementById("state");
            const main = document.querySelector("main");
            const ask = document.getElementById("ask");
            const made = (name, text, type) => {
              const each = document.createElement(name);
              if (text) each.textContent = text;
              if (type) each.type = type;
              return each;
            };
            let session = sessionStorage.getItem("gert " + location.port);
            let version = 0;
            let shownQuestions = "";
            async function begin() {
              const token = location.hash.slice(1);
              if (/^[0-9a-f]{48}$/.test(token)) {
                history.replaceState(null, "", "/");
                const reply = await fetch("/session", {method: "POST", body: token});
                if (!reply.ok) return say(await reply.text());
                session = await reply.text();
                sessionStorage.setItem("gert " + location.port, session);
              }
              if (!session) return say("open the link that gert printed");
              for (;;) {
                let reply;
                try {
                  reply = await call("/state?after=" + version);
                } catch (gone) {
                  return say("gert has ended; the report is in the run's folder");
                }
                if (!reply.ok) return say(await reply.text());
                const news = await reply.json();
                show(news);
                if (news.over) return say("the session is over");
                say("live");
                await new Promise((done) => setTimeout(done, 200));
              }
            }
            const say = (text) => { state.textContent = text; };
            const call = (path, more) => fetch(path, {...more, headers: {...(more || {}).headers, authorization: "Bearer " + session}});
            function show(news) {
              version = news.version;
              if (news.html !== null) {
                const opened = new Set(all("li.step").filter((each) => each.querySelector("details[open]")).map((each) => each.id));
                const filter = document.getElementById("filter");
                const wanted = filter ? filter.value : "";
                const had = document.activeElement === filter;
                main.innerHTML = news.html;
                for (const id of opened) {
                  const at = document.getElementById(id);
                  if (at && at.querySelector("details")) at.querySelector("details").open = true;
                }
                wire();
                const again = document.getElementById("filter");
                if (again && wanted) { again.value = wanted; again.dispatchEvent(new Event("input")); }
                if (again && had) again.focus();
              }
              const questions = JSON.stringify(news.questions);
              if (questions !== shownQuestions) {
                shownQuestions = questions;
                ask.replaceChildren(...news.questions.map(question));
                const first = ask.querySelector("input, textarea, button");
                if (first) first.focus();
                document.title = (news.questions.length ? "\\u25cf " : "") + "gert";
              }
            }
            function question(each) {
              const section = made("section");
              section.setAttribute("aria-live", "assertive");
              section.append(made("h2", each.kind === "DECISION" ? "Approval wanted" : "You are asked"));
              section.append(made("pre", each.lines.join("\\n")));
              const form = made("form");
              const field = each.kind === "LINES" ? made("textarea") : made("input", "", each.kind === "HIDDEN" ? "password" : "text");
              const problem = made("span");
              const send = async (text) => {
                const reply = await call("/answer", {method: "POST", body: JSON.stringify({question: each.id, text})});
                problem.textContent = reply.ok ? "" : await reply.text();
              };
              if (each.kind === "DECISION") {
                field.setAttribute("aria-label", "reason");
                field.placeholder = "reason";
                const yes = made("button", "Approve", "button");
                yes.className = "yes";
                yes.disabled = !each.step;
                yes.addEventListener("click", () => send("yes " + field.value));
                const no = made("button", "Deny", "button");
                no.className = "no";
                no.addEventListener("click", () => send("no " + field.value));
                form.append(field, yes, no);
                form.addEventListener("submit", (event) => event.preventDefault());
              } else {
                const label = made("label", each.prompt);
                const file = made("input", "", "file");
                file.setAttribute("aria-label", "upload a file as the answer");
                file.addEventListener("change", async () => {
                  const chosen = file.files[0];
                  if (!chosen) return;
                  problem.textContent = "uploading";
                  const reply = await call("/upload", {method: "POST", body: chosen, headers: {"x-file-name": encodeURIComponent(chosen.name)}});
                  if (reply.ok) send(await reply.text()); else problem.textContent = await reply.text();
                });
                field.id = "a" + each.id;
                label.htmlFor = field.id;
                form.append(label, field, made("button", "Answer", "submit"));
                if (each.kind === "LINE") form.append(file);
                if (each.kind === "CHOICE") form.replaceChildren();
                for (const offer of each.offers) {
                  const button = made("button", offer.label, "button");
                  button.addEventListener("click", () => send(offer.answer));
                  form.append(button);
                }
                form.addEventListener("submit", (event) => { event.preventDefault(); send(field.value); });
              }
              form.append(problem);
              section.append(form);
              return section;
            }
            addEventListener("click", async (event) => {
              const link = event.target.closest && event.target.closest("a[href^='output/'], a[href^='attachments/']");
              const box = document.getElementById("file");
              if (box && !box.contains(event.target)) box.remove();
              if (!link) return;
              event.preventDefault();
              const reply = await call("/files/" + link.getAttribute("href"));
              const text = made("pre", await reply.text());
              text.id = "file";
              text.tabIndex = 0;
              document.body.append(text);
              text.focus();
            });
            begin();
            """;

    private LiveHtml() {}

    /** The whole document. */
    public static String page() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>gert</title>\n<style>"
                + CSS
                + "</style>\n</head>\n<body>\n<p id=\"state\" role=\"status\">connecting</p>\n<div id=\"ask\"></div>\n"
                + "<main></main>\n<script>"
                + JS
                + "</script>\n</body>\n</html>\n";
    }

    /** Its content security policy: its own script and style, requests to where it came from, and an editor's frame. */
    public static String policy() {
        return "default-src 'none'; style-src " + ContentSource.of(CSS) + "; script-src " + ContentSource.of(JS)
                + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
                + " vscode-webview: vscode-file: https://*.vscode-cdn.net";
    }
}
