package dev.gert.cli;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.projection.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pictures among a run's attachments, as its report shows them: by what they hold, not by their names. */
final class Pictures {
    /** Of one, and of all together, in bytes: a report stays small enough to be sent. */
    private static final int MOST = 1 << 20;

    private Pictures() {}

    /** By the attachment's name in the records, a {@code data:} URI. */
    static Map<String, String> of(Path folder, RunReport report) {
        Map<String, String> pictures = new LinkedHashMap<>();
        long left = MOST;
        for (Envelope record : report.collected()) {
            RunEvent.OutputFile file = ((RunEvent.EvidenceCollected) record.event()).file();
            if (file == null || file.bytes() > left || !isAttachment(file.file())) {
                continue;
            }
            byte[] bytes = bytes(folder.resolve(file.file()), (int) file.bytes());
            String type = type(bytes);
            if (type != null) {
                left -= bytes.length;
                pictures.put(
                        file.file(),
                        "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes));
            }
        }
        return pictures;
    }

    /** As docs/journal.md has it: of that folder, and of no other. */
    private static boolean isAttachment(String name) {
        return name.startsWith("attachments/") && name.indexOf('/', 12) < 0 && !name.endsWith("/..");
    }

    private static byte[] bytes(Path file, int most) {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(most);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static @Nullable String type(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return "image/gif";
        }
        return head.startsWith("RIFF") && head.endsWith("WEBP") ? "image/webp" : null;
    }
}
