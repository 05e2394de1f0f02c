package dev.gert.verify;

import dev.gert.event.RunEvent;
import dev.gert.event.RunEvent.Ballot;
import dev.gert.event.RunEvent.FileDigest;
import dev.gert.event.RunEvent.OutputFile;
import dev.gert.event.RunEvent.RequestFile;
import dev.gert.journal.JournalRecord;
import dev.gert.projection.Verification.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that records name, each read and held against the record (docs/journal.md, "Files"). */
final class NamedFiles {
    static final String OUTPUT = "output";
    static final String ATTACHMENTS = "attachments";
    static final String APPROVALS = "approvals";

    private final Path run;
    private final Ballots ballots;
    private final Set<String> names = new HashSet<>();
    private @Nullable Fault fault;
    private int outputs;
    private int attachments;
    private int requests;

    NamedFiles(Path run) {
        this.run = run;
        this.ballots = new Ballots(run);
    }

    void take(JournalRecord record) throws IOException {
        RunEvent event = record.envelope().event();
        if (event instanceof RunEvent.OutputCaptured captured) {
            outputs += output(captured.out(), OUTPUT, record) + output(captured.err(), OUTPUT, record);
        } else if (event instanceof RunEvent.EvidenceCollected collected) {
            attachments += output(collected.file(), ATTACHMENTS, record);
        } else if (event instanceof RunEvent.AwaitingApproval awaiting && awaiting.request() != null) {
            request(awaiting.request(), record);
        } else if (event instanceof RunEvent.ApprovalGranted granted && granted.ballot() != null) {
            ballot(granted.ballot(), granted.person(), granted.method(), true, record);
        } else if (event instanceof RunEvent.ApprovalDenied denied && denied.ballot() != null) {
            ballot(denied.ballot(), denied.person(), "", false, record);
        }
    }

    private int output(@Nullable OutputFile file, String within, JournalRecord record) throws IOException {
        if (file == null) {
            return 0;
        }
        names.add(file.file());
        RunFile read = RunFile.read(run, file.file(), within);
        if (read.fault() != null) {
            return wrong(file.file(), record, read.fault());
        }
        if (read.bytes() != file.bytes()) {
            return wrong(file.file(), record, "has " + read.bytes() + " bytes, and " + file.bytes() + " were recorded");
        }
        return read.digest().equals(file.sha256()) ? 1 : wrong(file.file(), record, "is not what was recorded");
    }

    /** A request that was replaced lies under a name that says which it was. */
    private void request(RequestFile request, JournalRecord record) throws IOException {
        String file = request.file();
        names.add(file);
        RunFile read = RunFile.text(run, file, APPROVALS, Ballots.REQUEST + "\n");
        if (!read.digest().equals(request.sha256()) && file.endsWith(".request.json")) {
            int cut = file.length() - ".request.json".length();
            String kept = file.substring(0, cut) + "."
                    + request.sha256().substring(0, Math.min(8, request.sha256().length())) + ".old.json";
            RunFile old = RunFile.text(run, kept, APPROVALS, Ballots.REQUEST + "\n");
            if (old.digest().equals(request.sha256())) {
                names.add(kept);
                read = old;
            }
        }
        if (read.fault() != null) {
            wrong(file, record, read.fault());
        } else if (!read.digest().equals(request.sha256())) {
            wrong(file, record, "is not the request that was recorded");
        } else {
            requests++;
            ballots.asked(request.sha256(), read.text());
        }
    }

    private void ballot(Ballot ballot, String person, String method, boolean yes, JournalRecord record)
            throws IOException {
        FileDigest file = ballot.file();
        if (file == null) {
            return;
        }
        names.add(file.file());
        RunFile read = RunFile.text(run, file.file(), APPROVALS, "");
        String reason = read.fault() != null
                ? read.fault()
                : read.digest().equals(file.sha256())
                        ? ballots.fault(ballot, person, method, yes, read.text())
                        : "is not the decision that was recorded";
        if (reason != null) {
            wrong(file.file(), record, reason);
        }
    }

    private int wrong(String file, JournalRecord record, String reason) {
        if (fault == null) {
            fault = new Fault(file, record.line(), record.offset(), reason);
        }
        return 0;
    }

    /** The first that is not what its record says. */
    @Nullable
    Fault fault() {
        return fault;
    }

    boolean names(String file) {
        return names.contains(file);
    }

    int outputs() {
        return outputs;
    }

    int attachments() {
        return attachments;
    }

    int requests() {
        return requests;
    }

    Ballots ballots() {
        return ballots;
    }
}
