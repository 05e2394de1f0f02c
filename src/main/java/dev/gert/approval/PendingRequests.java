package dev.gert.approval;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests that can still be decided on: of a run whose folder can be read, or in an exchange. */
public final class PendingRequests {
    private static final String MARK = "--";

    private PendingRequests() {}

    /** A request and what its file is called without its ending: decisions on it are called after it. */
    public record Pending(OpenRequest request, String name) {}

    /** Of the run of that folder, as its journal says. */
    public static List<Pending> of(Path run, List<Envelope> records) throws IOException {
        Map<String, RunEvent.RequestFile> open = new LinkedHashMap<>();
        for (Envelope record : records) {
            RunEvent event = record.event();
            String key = record.run() + " " + event.step();
            if (event instanceof RunEvent.AwaitingApproval asked && asked.request() != null) {
                open.put(key, asked.request());
            } else if (event instanceof RunEvent.ApprovalUsed
                    || event instanceof RunEvent.ApprovalDenied
                    || event instanceof RunEvent.StepBlocked
                    || event instanceof RunEvent.StepCompleted ended && ended.status() != StepStatus.INTERRUPTED) {
                open.remove(key);
            }
        }
        List<Pending> pending = new ArrayList<>();
        for (RunEvent.RequestFile file : open.values()) {
            Path path = run.resolve(file.file());
            add(path, path.getFileName().toString(), pending);
        }
        // What was written over is not what the run asks, and no decision on it would count.
        pending.removeIf(each -> open.values().stream()
                .noneMatch(file -> file.sha256().equals(each.request().sha256())));
        return pending;
    }

    /** Of the runs whose id begins like that, in an exchange. */
    public static List<Pending> in(Path exchange, String run) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(exchange)) {
            for (Path entry : entries) {
                String file = entry.getFileName().toString();
                boolean meant = run.equals("latest") || file.startsWith(run);
                if (meant && file.contains(MARK) && file.endsWith(ApprovalFolder.REQUEST)) {
                    files.add(entry);
                }
            }
        }
        Collections.sort(files);
        List<Pending> pending = new ArrayList<>();
        for (Path file : files) {
            add(file, file.getFileName().toString(), pending);
        }
        return pending;
    }

    private static void add(Path path, String file, List<Pending> pending) {
        OpenRequest request = null;
        try {
            String text = ApprovalFolder.read(path, OpenRequest.LARGEST);
            request = text == null ? null : OpenRequest.of(text);
        } catch (IOException e) {
            // Anybody may put anything into an exchange: it is no request, and hides none.
        }
        if (request != null) {
            String name = file.substring(0, file.length() - ApprovalFolder.REQUEST.length());
            pending.add(new Pending(request, name));
        }
    }
}
