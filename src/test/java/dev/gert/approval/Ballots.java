package dev.gert.approval;

import static java.util.Objects.requireNonNull;

import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the decisions of a case, as they should be or as they should not. */
final class Ballots {
    private static final Map<String, SshSigner> KEYS = new HashMap<>();

    private final Path run;
    private final @Nullable Path exchange;
    private final OpenRequest request;
    private int count;

    Ballots(Path run, @Nullable Path exchange, OpenRequest request) {
        this.run = run;
        this.exchange = exchange;
        this.request = request;
    }

    /** The key of that name, the same for the whole test run; {@code NAME.TYPE} is of another type than Ed25519. */
    static SshSigner key(String name) {
        return KEYS.computeIfAbsent(name, each -> {
            int dot = each.indexOf('.');
            try {
                return SshSigner.of(dot < 0 ? "ssh-ed25519" : each.substring(dot + 1));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The text with its {@code ${…}} filled in: {@code ${key NAME}} is a public key's line. */
    static String filled(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf("${key "); at >= 0; at = text.indexOf("${key ", from)) {
            int end = text.indexOf('}', at);
            SshSigner key = key(text.substring(at + 6, end));
            out.append(text, from, at)
                    .append(key.key().type().word())
                    .append(' ')
                    .append(key.key().base64());
            from = end + 1;
        }
        return out.append(text.substring(from)).toString().replace("${me}", System.getProperty("user.name"));
    }

    private String told(String text) {
        return filled(text)
                .replace("${H}", request.sha256())
                .replace("${h upper}", request.sha256().toUpperCase(java.util.Locale.ROOT))
                .replace("${at}", time("60"))
                .replace("${BOM}", "\ufeff")
                .replace("${NEL}", "\u0085")
                .replace("${NUL}", "\0");
    }

    /** Seconds after the request was made, or a text as it is. */
    private String time(String at) {
        return at.matches("-?[0-9]+")
                ? Instant.parse(request.created())
                        .plusSeconds(Long.parseLong(at))
                        .toString()
                : at;
    }

    void write(YamlNode.Mapping row) throws Exception {
        count++;
        String signer = ApprovalCase.text(row, "sign");
        Map<String, String> said = new LinkedHashMap<>();
        said.put("type", text(row, "type", SignedDecision.TYPE));
        said.put("request_sha256", text(row, "request", request.sha256()));
        said.put("decision", text(row, "decision", "approve"));
        said.put("person", text(row, "person", signer == null ? "me" : signer.replaceAll("[_.].*", "")));
        said.put("reason", text(row, "reason", ""));
        said.put("signed_at", time(text(row, "at", "60")));
        ApprovalCase.texts(row, "without").forEach(said::remove);
        StringBuilder json = new StringBuilder("{");
        said.forEach((name, value) -> json.append(json.length() == 1 ? "" : ",")
                .append(JsonWriter.compact(JsonValue.text(name)))
                .append(':')
                .append(JsonWriter.compact(JsonValue.text(value))));
        json.append(told(text(row, "extra", ""))).append('}');
        String decision = told(text(row, "text", json.toString()));
        String signature = null;
        if (signer != null) {
            byte[] signed = told(text(row, "signed_text", decision)).getBytes(StandardCharsets.UTF_8);
            String namespace = text(row, "namespace", SignedDecision.NAMESPACE);
            signature = key(signer)
                    .sign(signed, namespace, text(row, "hash", "sha512"))
                    .armored();
        }
        List<String> tamper = ApprovalCase.texts(row, "tamper");
        if (!tamper.isEmpty()) {
            String changed = decision.replace(tamper.get(0), told(tamper.get(1)));
            if (changed.equals(decision)) {
                throw new IllegalArgumentException("nothing to tamper with: " + tamper);
            }
            decision = changed;
        }
        String armor = ApprovalCase.text(row, "armor");
        if (armor != null) {
            signature = told(armor).replace("${signature}", signature == null ? "" : signature);
        }
        Map<String, JsonValue> file = new TreeMap<>();
        file.put("schema", JsonValue.text(SignedDecision.SCHEMA));
        file.put("decision", JsonValue.text(decision));
        file.put("signature", signature == null ? JsonValue.Null.NULL : JsonValue.text(signature));
        if (ApprovalCase.text(row, "os_user") != null) {
            file.put("os_user", JsonValue.text(text(row, "os_user", "")));
        }
        String whole = JsonWriter.indented(new JsonValue.MapValue(file)) + "\n";
        String template = ApprovalCase.text(row, "file");
        if (template != null) {
            whole = told(template)
                    .replace("${decision}", JsonWriter.compact(JsonValue.text(decision)))
                    .replace("${sig}", JsonWriter.compact(file.get("signature")));
        }
        put(row, told(text(row, "prepend", "")) + whole + told(text(row, "append", "")));
    }

    private void put(YamlNode.Mapping row, String content) throws Exception {
        boolean shared = "exchange".equals(ApprovalCase.text(row, "in"));
        Path folder = shared ? requireNonNull(exchange) : run.resolve(ApprovalFolder.NAME);
        String name = (shared ? request.run() + "--" : "") + text(row, "name", "kill_gw-1." + count) + ".decision.json";
        Path file = folder.resolve(name);
        Path beside = run.getParent().resolve("beside-" + count);
        switch (text(row, "as", "file")) {
            case "link" -> {
                Files.writeString(beside, content);
                Files.createSymbolicLink(file, beside);
            }
            case "hard link" -> {
                Files.writeString(beside, content);
                Files.createLink(file, beside);
            }
            case "folder" -> Files.createDirectory(file);
            case "pipe" -> {
                if (new ProcessBuilder("mkfifo", file.toString()).start().waitFor() != 0) {
                    throw new IOException("no pipe");
                }
            }
            case "huge" -> Files.writeString(file, content + " ".repeat(1 << 17));
            case "latin1" -> Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
            default -> Files.writeString(file, content);
        }
        if (Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(text(row, "mode", "rw-r-----")));
            String owner = ApprovalCase.text(row, "owner");
            if (owner != null) {
                Files.setAttribute(file, "unix:uid", Integer.parseInt(owner));
            }
        }
    }

    private static String text(YamlNode.Mapping row, String key, String otherwise) {
        String text = ApprovalCase.text(row, key);
        return text == null ? otherwise : text;
    }
}
