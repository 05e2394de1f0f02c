package dev.gert.notify;

import dev.gert.model.ProjectFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Posts a message. The answer's status counts; its body is not read, and a redirect is not followed. */
final class WebhookSender {
    private final UnaryOperator<@Nullable String> environment;
    private final int patienceMillis;

    WebhookSender(UnaryOperator<@Nullable String> environment, int patienceMillis) {
        this.environment = environment;
        this.patienceMillis = patienceMillis;
    }

    Delivery send(ProjectFile.Target.Webhook webhook, Occasion occasion) {
        String variable = webhook.variable();
        String address = variable == null ? webhook.url() : environment.apply(variable);
        if (address == null || address.isBlank()) {
            return new Delivery("webhook of " + variable, null, "the variable " + variable + " is not set");
        }
        URL url;
        try {
            url = new URL(address.strip());
        } catch (MalformedURLException e) {
            return new Delivery("webhook of " + variable, null, "the variable " + variable + " holds no http address");
        }
        if (!url.getProtocol().equals("http") && !url.getProtocol().equals("https")) {
            return new Delivery("webhook of " + variable, null, "the variable " + variable + " holds no http address");
        }
        String target = "webhook " + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        MessageBody.Made made = MessageBody.of(webhook, occasion);
        return made instanceof MessageBody.Made.Wrong wrong
                ? new Delivery(target, null, wrong.problem())
                : new Delivery(target, null, post(url, (MessageBody.Made.Text) made));
    }

    /** Null, or why it was not taken: never with the address in it. */
    private @Nullable String post(URL url, MessageBody.Made.Text body) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.openConnection();
            try {
                connection.setInstanceFollowRedirects(false);
                connection.setConnectTimeout(patienceMillis);
                connection.setReadTimeout(patienceMillis);
                connection.setRequestMethod("POST");
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", body.type());
                connection.setRequestProperty("User-Agent", "gert");
                byte[] bytes = body.text().getBytes(StandardCharsets.UTF_8);
                connection.setFixedLengthStreamingMode(bytes.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(bytes);
                }
                int status = connection.getResponseCode();
                return status >= 200 && status < 300
                        ? null
                        : status < 0 ? "it answered no HTTP" : "it answered " + status;
            } finally {
                connection.disconnect();
            }
        } catch (SocketTimeoutException e) {
            return "it did not answer within " + patienceMillis / 1000 + " s";
        } catch (IOException e) {
            return "it could not be reached: " + e.getClass().getSimpleName();
        }
    }
}
