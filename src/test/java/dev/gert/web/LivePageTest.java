package dev.gert.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the live page answers: the page that its link opened, and nobody else. */
class LivePageTest {
    @TempDir
    Path folder;

    private final List<String> answered = new ArrayList<>();
    private LivePage page;
    private String session;

    @BeforeEach
    void open() throws IOException {
        page = new LivePage((question, text) -> {
            answered.add(question + " " + text);
            return question.equals("gone") ? "that is not asked any more" : null;
        });
        page.folder(folder);
        Files.createDirectories(folder.resolve("output"));
        Files.writeString(folder.resolve("output/001-a.out"), "<b>printed</b>");
        Files.writeString(folder.resolve("hmac.key"), "secret");
        session = body(send("POST", "/session", "", token()));
    }

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void itsLinkWorksOnce() throws IOException {
        assertThat(session).matches("[0-9a-f]{48}").isNotEqualTo(token());
        assertThat(send("POST", "/session", "", token()))
                .startsWith("HTTP/1.1 401")
                .contains("this link was used");
        assertThat(send("GET", "/state?after=0", bearer(session), "")).startsWith("HTTP/1.1 200");
    }

    @Test
    void theFirstPageHoldsNothingOfTheRun() throws IOException {
        String said = send("GET", "/", "", "");
        assertThat(said)
                .startsWith("HTTP/1.1 200")
                .contains(
                        "default-src 'none'; style-src 'sha256-",
                        "connect-src 'self'",
                        "frame-ancestors 'self' vscode-webview:",
                        "Referrer-policy: no-referrer",
                        "X-content-type-options: nosniff",
                        "Cache-control: no-store")
                .doesNotContain("unsafe", token(), session);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /state?after=0 | | 401",
                "GET | /state?after=0 | authorization: Bearer 000000000000000000000000000000000000000000000000 | 401",
                "GET | /state?after=0 | cookie: gert=SESSION | 401",
                "GET | /files/output/001-a.out | | 401",
                "POST | /answer | | 401",
                "POST | /upload | | 401",
                "POST | /answer | authorization: Bearer SESSION;origin: http://evil.example | 403",
                "POST | /answer | authorization: Bearer SESSION;origin: null | 403",
                "POST | /answer | authorization: Bearer SESSION;sec-fetch-site: cross-site | 403",
                "POST | /answer | authorization: Bearer SESSION;sec-fetch-site: same-site | 403",
                "POST | /session | origin: http://evil.example | 403",
                "GET | /nothing | authorization: Bearer SESSION | 404",
                "GET | /files/hmac.key | authorization: Bearer SESSION | 404",
                "GET | /files/output/../hmac.key | authorization: Bearer SESSION | 404",
                "GET | /files/output/.. | authorization: Bearer SESSION | 404",
                "GET | /files/output/%2e%2e%2fhmac.key | authorization: Bearer SESSION | 404",
                "GET | /files//etc/passwd | authorization: Bearer SESSION | 404",
                "PUT | /answer | authorization: Bearer SESSION | 404",
                "POST | /answer | authorization: Bearer SESSION | 400",
            })
    void othersAreRefused(String method, String path, String headers, int status) throws IOException {
        String given =
                headers == null ? "" : headers.replace("SESSION", session).replace(";", "\r\n") + "\r\n";
        assertThat(send(method, path, given, "not an answer")).startsWith("HTTP/1.1 " + status);
        assertThat(answered).isEmpty();
    }

    /** A name that somebody lets lead to 127.0.0.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:PORT"})
    void otherNamesOfTheMachineAreRefused(String host) throws IOException {
        String said = sent("GET / HTTP/1.1\r\nhost: " + host.replace("PORT", port()) + "\r\nconnection: close\r\n\r\n");
        assertThat(said).startsWith("HTTP/1.1 403");
    }

    @Test
    void anAnswerIsToTheQuestionThatWasSeen() throws IOException {
        assertThat(send("POST", "/answer", bearer(session), answer("7", "yes"))).startsWith("HTTP/1.1 200");
        assertThat(send("POST", "/answer", bearer(session), answer("gone", "yes")))
                .startsWith("HTTP/1.1 409")
                .contains("that is not asked any more");
        assertThat(answered).containsExactly("7 yes", "gone yes");
    }

    @Test
    void filesAreTextWhateverTheyHold() throws IOException {
        assertThat(send("GET", "/files/output/001-a.out", bearer(session), ""))
                .contains("Content-type: text/plain; charset=utf-8", "<b>printed</b>");
        Files.createSymbolicLink(folder.resolve("output/002-b.out"), folder.resolve("hmac.key"));
        assertThat(send("GET", "/files/output/002-b.out", bearer(session), "")).startsWith("HTTP/1.1 404");
    }

    @Test
    void anUploadIsKeptUntilThePageIsClosed() throws IOException {
        String file = body(send("POST", "/upload", bearer(session) + "x-file-name: ../../x/y.png\r\n", "bytes"));
        assertThat(Path.of(file))
                .hasContent("bytes")
                .hasFileName(Path.of(file).getFileName().toString());
        assertThat(file).endsWith(".png").doesNotContain("..");
        page.close();
        assertThat(Path.of(file)).doesNotExist();
    }

    @Test
    void isOnThisMachineAlone() {
        assertThat(page.url()).startsWith("http://127.0.0.1:");
    }

    private static String answer(String question, String text) {
        StringBuilder out = new StringBuilder();
        JsonWriter.compact(out)
                .object()
                .name("question")
                .value(question)
                .name("text")
                .value(text)
                .end();
        return out.toString();
    }

    private static String bearer(String session) {
        return "authorization: Bearer " + session + "\r\n";
    }

    private String token() {
        return page.url().substring(page.url().indexOf('#') + 1);
    }

    private String port() {
        return page.url().substring("http://127.0.0.1:".length(), page.url().lastIndexOf('/'));
    }

    private String send(String method, String path, String headers, String body) throws IOException {
        return sent(method + " " + path + " HTTP/1.1\r\nhost: 127.0.0.1:" + port() + "\r\nconnection: close\r\n"
                + headers + "content-length: " + body.length() + "\r\n\r\n" + body);
    }

    private String sent(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port()))) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String body(String reply) {
        return reply.substring(reply.indexOf("\r\n\r\n") + 4);
    }
}
