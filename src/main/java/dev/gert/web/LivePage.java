package dev.gert.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gert.engine.port.Dialogue;
import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.projection.RunReport;
import dev.gert.render.LiveHtml;
import dev.gert.render.ReportExtras;
import dev.gert.render.ReportHtml;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run's report on 127.0.0.1, new whenever something happened, with what is asked of a person. It answers nobody but
 * the page that was opened by its link: see {@link PageTokens}; other pages of the same browser can't ask, since they
 * have no session and name another origin.
 */
public final class LivePage implements RunListener, AutoCloseable {
    private static final int LARGEST_ANSWER = 1 << 19;
    private static final long LARGEST_FILE = 64L << 20;
    private static final int SHOWN = 1 << 20;
    private static final long POLL_MILLIS = 20_000;
    private static final int THREADS = 16;
    private static final int MAKE_SHARE = 9;

    private final HttpServer server;
    private final ExecutorService threads;
    private final int port;
    private final PageTokens tokens = new PageTokens();
    private final Answers answers;
    private final Object lock = new Object();
    private @Nullable Path folder;
    private @Nullable Path uploads;
    private RunReport report = new RunReport();
    private List<PageQuestion> questions = List.of();
    private long version = 1;
    private long fetched;
    private long fetchedAt = Long.MIN_VALUE;
    /** When the report may be made again: a long one is made seldom, so that the run hardly waits for it. */
    private long mayMake = System.nanoTime();

    private boolean over;

    /** Takes what a person answered on the page. */
    public interface Answers {
        /** {@code question}: the id of the one that it is to; returns null, or why it was not taken, as a sentence. */
        @Nullable
        String answered(String question, String text);
    }

    /** @throws IOException when there is no port for it */
    public LivePage(Answers answers) throws IOException {
        this.answers = answers;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        this.port = server.getAddress().getPort();
        this.threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "live-page");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What a person opens: it works once. */
    public String url() {
        return "http://127.0.0.1:" + port + "/#" + tokens.once();
    }

    /** Where the run's files are. */
    public void folder(Path run) {
        synchronized (lock) {
            folder = run;
        }
    }

    @Override
    public void recorded(Envelope record) {
        synchronized (lock) {
            report.add(record);
            changed();
        }
    }

    /** All records anew: of a run that another process works on. */
    public void replaced(List<Envelope> records) {
        RunReport fresh = new RunReport();
        records.forEach(fresh::add);
        synchronized (lock) {
            report = fresh;
            changed();
        }
    }

    /** What is asked now. */
    public void ask(List<PageQuestion> asked) {
        synchronized (lock) {
            if (!questions.equals(asked)) {
                questions = List.copyOf(asked);
                changed();
            }
        }
    }

    private void changed() {
        version++;
        lock.notifyAll();
    }

    /** Whether a page asked for news lately. */
    public boolean isOpen() {
        synchronized (lock) {
            return fetchedAt != Long.MIN_VALUE
                    && System.nanoTime() - fetchedAt < TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS + 5_000);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isOurs(exchange.getRequestHeaders())) {
                say(exchange, 403, "text/plain", "this page is for the browser that it was opened in");
                return;
            }
            String path = exchange.getRequestURI().getPath();
            String method = exchange.getRequestMethod();
            if (method.equals("GET") && path.equals("/")) {
                say(exchange, 200, "text/html", LiveHtml.page());
            } else if (method.equals("POST") && path.equals("/session")) {
                session(exchange);
            } else if (!tokens.isSession(exchange.getRequestHeaders().getFirst("authorization"))) {
                say(exchange, 401, "text/plain", "no session");
            } else if (method.equals("GET") && path.equals("/state")) {
                state(exchange);
            } else if (method.equals("POST") && path.equals("/answer")) {
                answer(exchange);
            } else if (method.equals("POST") && path.equals("/upload")) {
                upload(exchange);
            } else if (method.equals("GET") && path.startsWith("/files/")) {
                file(exchange, path.substring("/files/".length()));
            } else {
                say(exchange, 404, "text/plain", "nothing is here");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Against names that lead here from elsewhere, and pages of other origins. */
    private boolean isOurs(Headers headers) {
        Set<String> hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        String host = headers.getFirst("host");
        String origin = headers.getFirst("origin");
        String site = headers.getFirst("sec-fetch-site");
        return host != null
                && hosts.contains(host)
                && (origin == null || hosts.stream().anyMatch(each -> origin.equals("http://" + each)))
                && (site == null
                        || site.equals("same-origin")
                        || site.equals("none")
                        || "navigate".equals(headers.getFirst("sec-fetch-mode")));
    }

    private void session(HttpExchange exchange) throws IOException {
        String session = tokens.exchange(body(exchange));
        if (session == null) {
            say(exchange, 401, "text/plain", "this link was used, and works once; `gert ui RUN` makes another");
        } else {
            say(exchange, 200, "text/plain", session);
        }
    }

    private void state(HttpExchange exchange) throws IOException, InterruptedException {
        String query = exchange.getRequestURI().getQuery();
        long known = query == null || !query.matches("after=[0-9]{1,15}") ? 0 : Long.parseLong(query.substring(6));
        String document;
        long told;
        synchronized (lock) {
            fetchedAt = System.nanoTime();
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
            while (!over) {
                long now = System.nanoTime();
                boolean news = version > known;
                if (now >= deadline || news && now >= mayMake) {
                    break;
                }
                lock.wait(1 + TimeUnit.NANOSECONDS.toMillis((news ? Math.min(mayMake, deadline) : deadline) - now));
            }
            told = version;
            long began = System.nanoTime();
            document = document(version <= known);
            long ended = System.nanoTime();
            mayMake = ended + MAKE_SHARE * (ended - began);
        }
        say(exchange, 200, "application/json", document);
        synchronized (lock) {
            fetched = Math.max(fetched, told);
            fetchedAt = System.nanoTime();
            lock.notifyAll();
        }
    }

    private String document(boolean same) throws IOException {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out);
        json.object().name("version").value(version).name("over").value(over);
        json.name("questions").array();
        for (PageQuestion each : questions) {
            json.object()
                    .name("id")
                    .value(each.id())
                    .name("kind")
                    .value(each.kind().name());
            json.name("step")
                    .value(each.step())
                    .name("prompt")
                    .value(each.prompt())
                    .name("lines")
                    .array();
            each.lines().forEach(json::value);
            json.end().name("offers").array();
            for (Dialogue.Offer offer : each.offers()) {
                json.object().name("answer").value(offer.answer());
                json.name("label").value(offer.label()).end();
            }
            json.end().end();
        }
        json.end().name("html");
        if (same) {
            json.nothing();
        } else {
            StringBuilder html = new StringBuilder();
            ReportHtml.body(report, new ReportExtras(Map.of(), "", null), html);
            json.value(html.toString());
        }
        json.end();
        return out.toString();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonValue given = JsonReader.read(body(exchange)) instanceof JsonResult.Ok ok ? ok.value() : null;
        if (given instanceof JsonValue.MapValue map
                && map.entries().get("question") instanceof JsonValue.Text question
                && map.entries().get("text") instanceof JsonValue.Text text) {
            String problem = answers.answered(question.value(), text.value());
            say(exchange, problem == null ? 200 : 409, "text/plain", problem == null ? "" : problem);
        } else {
            say(exchange, 400, "text/plain", "that is no answer");
        }
    }

    /** Keeps a file until the session is over; the answer to a question that asks for one is its path. */
    private void upload(HttpExchange exchange) throws IOException {
        String name = String.valueOf(exchange.getRequestHeaders().getFirst("x-file-name"));
        String ending = name.replaceAll("^.*(\\.[A-Za-z0-9]{1,10})$|^.*$", "$1");
        Path file;
        synchronized (lock) {
            if (uploads == null) {
                uploads = Files.createTempDirectory(
                        "gert-page",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            file = Files.createTempFile(uploads, "file", ending);
        }
        long bytes = 0;
        byte[] chunk = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file)) {
            InputStream in = exchange.getRequestBody();
            for (int n = in.read(chunk); n >= 0 && bytes <= LARGEST_FILE; n = in.read(chunk)) {
                out.write(chunk, 0, n);
                bytes += n;
            }
        }
        if (bytes > LARGEST_FILE) {
            Files.delete(file);
            say(exchange, 413, "text/plain", "the file is over 64 MiB");
        } else {
            say(exchange, 200, "text/plain", file.toString());
        }
    }

    /** The beginning of a file that a record names, as text whatever it is. */
    private void file(HttpExchange exchange, String name) throws IOException {
        Path run;
        synchronized (lock) {
            run = folder;
        }
        if (run == null || !name.matches("(output|attachments)/[!-~&&[^/\\\\]]+") || name.endsWith("/..")) {
            say(exchange, 404, "text/plain", "nothing is here");
            return;
        }
        try (InputStream in = Files.newInputStream(run.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            say(exchange, 200, "text/plain", new String(in.readNBytes(SHOWN), StandardCharsets.UTF_8));
        } catch (IOException e) {
            say(exchange, 404, "text/plain", "it can't be read");
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_ANSWER + 1);
        return bytes.length > LARGEST_ANSWER ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static void say(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("content-type", type + "; charset=utf-8");
        headers.set("content-security-policy", LiveHtml.policy());
        headers.set("cache-control", "no-store");
        headers.set("referrer-policy", "no-referrer");
        headers.set("x-content-type-options", "nosniff");
        headers.set("cross-origin-resource-policy", "same-origin");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Nothing comes any more: a page that is open is given {@code millis} to get the last of it. */
    public void end(long millis) {
        synchronized (lock) {
            over = true;
            questions = List.of();
            changed();
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            try {
                while (isOpen() && fetched < version) {
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (left <= 0) {
                        return;
                    }
                    lock.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        Path kept = uploads;
        if (kept != null) {
            try (var files = Files.list(kept)) {
                for (Path each : files.toList()) {
                    Files.deleteIfExists(each);
                }
                Files.deleteIfExists(kept);
            } catch (IOException e) {
                // it is in a folder of the user's alone
            }
        }
    }
}
