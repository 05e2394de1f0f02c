package dev.gert.verify;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.EventCodec;
import dev.gert.journal.FileJournal;
import dev.gert.journal.JournalRecord;
import dev.gert.journal.JournalScan;
import dev.gert.journal.RunFolders;
import dev.gert.policy.SshKey;
import dev.gert.projection.RunEnding;
import dev.gert.projection.Verification;
import dev.gert.projection.Verification.Fault;
import dev.gert.projection.Verification.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run's folder is what was written (docs/journal.md, "Verdicts"). One pass over the journal; nothing is
 * written, locked or waited for, and no runbook is needed.
 */
public final class RunVerifier {
    private static final int MOST_NOTES = 100;

    private final Path run;
    private final @Nullable AllowedSigners signers;
    private final @Nullable String outside;
    private final RunEnding ending = new RunEnding();
    private final Seals seals = new Seals();
    private final NamedFiles files;
    private final PinnedFolder pinned;
    private final List<String> notes = new ArrayList<>();
    private @Nullable JournalRecord last;
    private @Nullable JournalRecord copied;
    private long bytes;
    private @Nullable Fault first;
    private Path shown;

    /**
     * @param run the run's folder
     * @param signers whose seals count; null: anybody's
     * @param outside a hash that was kept elsewhere, in lower case hex; null: none was
     */
    public RunVerifier(Path run, @Nullable AllowedSigners signers, @Nullable String outside) {
        this.run = run;
        this.shown = run;
        this.signers = signers;
        this.outside = outside;
        this.files = new NamedFiles(run);
        this.pinned = new PinnedFolder(run);
    }

    /** The run is in that bundle; {@code found}: what was wrong before any of it was read; null: nothing. */
    RunVerifier bundled(Path bundle, @Nullable Fault found) {
        shown = bundle;
        first = found;
        return this;
    }

    /**
     * Reads everything once.
     *
     * @throws IOException when a file that is there can't be read
     */
    public Verification verify() throws IOException {
        if (first != null) {
            return result(first, false, EvidencePack.NONE);
        }
        Listing listing = Listing.of(run);
        EvidencePack pack = EvidencePack.of(run);
        JournalScan.End end = JournalScan.of(run.resolve(FileJournal.NAME), record -> take(record, pack));
        bytes = bytes(end);
        if (end instanceof JournalScan.End.Damaged damaged) {
            return result(new Fault(FileJournal.NAME, damaged.line(), damaged.offset(), damaged.reason()), false, pack);
        }
        Fault fault = fault(listing, pack);
        if (fault != null) {
            return result(fault, false, pack);
        }
        return result(unfinished(end), true, pack);
    }

    private static long bytes(JournalScan.End end) {
        if (end instanceof JournalScan.End.Damaged damaged) {
            return damaged.offset();
        }
        return end instanceof JournalScan.End.Torn torn ? torn.offset() : ((JournalScan.End.Whole) end).bytes();
    }

    private @Nullable String take(JournalRecord record, EvidencePack pack) throws IOException {
        String reason = belongs(record);
        reason = reason == null ? ending.take(record.envelope()) : reason;
        reason = reason == null ? seals.take(record) : reason;
        if (reason != null) {
            return reason;
        }
        last = record;
        pack.take(record.hash());
        pinned.take(record);
        if (record.hash().equals(outside)) {
            copied = record;
        }
        files.take(record);
        return null;
    }

    /** A folder that is called like a run is that run's. */
    private @Nullable String belongs(JournalRecord record) {
        String name = String.valueOf(run.getFileName());
        String id = record.envelope().run();
        return record.line() > 1 || !RunFolders.isId(name) || name.equals(id)
                ? null
                : "it is of run " + id + ", and the folder is that of another";
    }

    private @Nullable Fault fault(Listing listing, EvidencePack pack) throws IOException {
        pinned.check(listing);
        if (files.fault() != null) {
            return files.fault();
        }
        if (pack.fault() != null) {
            return new Fault(EvidencePack.NAME, 0, 0, pack.fault());
        }
        if (listing.fault() != null) {
            return listing.fault();
        }
        if (pinned.fault() != null) {
            return pinned.fault();
        }
        Fault stray = stray(listing);
        if (stray != null) {
            return stray;
        }
        if (outside != null && copied == null) {
            return atEnd("no record has the hash that was kept elsewhere");
        }
        return signers == null ? null : unvouched(signers);
    }

    private @Nullable Fault stray(Listing listing) {
        for (String folder : List.of(NamedFiles.APPROVALS, NamedFiles.ATTACHMENTS, NamedFiles.OUTPUT)) {
            for (String name : listing.of(folder)) {
                String file = folder + "/" + name;
                if (files.names(file)) {
                    continue;
                }
                if (folder.equals(NamedFiles.OUTPUT) && number(name) > ending.dispatches()) {
                    return new Fault(file, 0, 0, "is of a step that the journal never dispatched");
                }
                note(file + ": no record names it");
            }
        }
        for (String folder : List.of(PinnedFolder.NAME, PinnedFolder.EARLIER)) {
            for (String name : listing.of(folder)) {
                if (PinnedFolder.digest(name) == null) {
                    note(folder + "/" + name + ": its name is not a digest");
                }
            }
        }
        return null;
    }

    /** Which dispatch a file of the run's folder is of, from 1; 0 where its name does not say. */
    static long dispatchOf(String file) {
        return file.startsWith(NamedFiles.OUTPUT + "/") ? number(file.substring(NamedFiles.OUTPUT.length() + 1)) : 0;
    }

    /** The number that a file of {@code output/} begins with; 0 where it begins with none. */
    private static long number(String name) {
        long number = 0;
        int digits = 0;
        while (digits < name.length() && digits < 18 && name.charAt(digits) >= '0' && name.charAt(digits) <= '9') {
            number = number * 10 + name.charAt(digits) - '0';
            digits++;
        }
        return digits >= 3 && digits < name.length() && name.charAt(digits) == '-' ? number : 0;
    }

    private @Nullable Fault unvouched(AllowedSigners allowed) {
        SshKey key = seals.key();
        if (last == null || key == null) {
            return atEnd("the run is not sealed");
        }
        String reason = allowed.fault(key, last.envelope().time());
        return reason == null ? null : atEnd("it is sealed by " + key.fingerprint() + ", " + reason);
    }

    private Fault atEnd(String reason) {
        return last == null
                ? new Fault(FileJournal.NAME, 1, 0, reason)
                : new Fault(FileJournal.NAME, last.line(), last.offset(), reason);
    }

    private @Nullable Fault unfinished(JournalScan.End end) {
        if (end instanceof JournalScan.End.Torn torn) {
            return new Fault(
                    FileJournal.NAME,
                    torn.records() + 1,
                    torn.offset(),
                    torn.tornBytes() == 0 ? "it holds no record" : "its last record was never finished");
        }
        return ending.outcome() == null ? atEnd("the run does not come to its end") : null;
    }

    private void note(String text) {
        if (notes.size() < MOST_NOTES) {
            notes.add(text);
        }
    }

    private Verification result(@Nullable Fault fault, boolean intact, EvidencePack pack) {
        Verdict verdict = fault == null ? Verdict.VALID : intact ? Verdict.INCOMPLETE : Verdict.INVALID;
        RunEvent.RunCompleted outcome = ending.outcome();
        boolean evidence = pack.isThere() && pack.fault() == null;
        return new Verification(
                verdict,
                fault,
                ending.root(),
                shown.toString(),
                outcome == null ? null : outcome.outcome(),
                last == null ? 0 : last.line(),
                bytes,
                last == null ? "0".repeat(64) : last.hash(),
                lastRecord(),
                ending.openSteps(),
                ending.openGrants(),
                new Verification.Checked(
                        files.outputs(),
                        files.attachments(),
                        files.requests(),
                        files.ballots().decisions(),
                        files.ballots().signatures(),
                        pinned.files(),
                        evidence),
                seal(),
                notes,
                notProved(evidence));
    }

    private Verification.@Nullable Last lastRecord() {
        if (last == null) {
            return null;
        }
        Envelope envelope = last.envelope();
        return new Verification.Last(envelope.seq(), EventCodec.wireType(envelope.event()), envelope.time());
    }

    private Verification.@Nullable Seal seal() {
        SshKey key = seals.key();
        if (key == null || last == null) {
            return null;
        }
        String time = last.envelope().time();
        return new Verification.Seal(key.fingerprint(), signers == null ? null : signers.owner(key, time), time);
    }

    private List<String> notProved(boolean evidence) {
        List<String> not = new ArrayList<>();
        SshKey key = seals.key();
        if (key == null && copied == null) {
            not.add("that the whole journal was not written anew, or records taken from its end: it is not sealed"
                    + " (`--sign`), and no hash that was kept elsewhere was given (`--last-hash`)");
        } else if (key != null && signers == null && copied == null) {
            not.add("whose key " + key.fingerprint() + " is: nobody vouches for it without `--signers`");
        } else if (copied != null && last != null && copied.line() < last.line()) {
            not.add("that the " + (last.line() - copied.line())
                    + " records after the one whose hash was kept elsewhere were not written anew");
        }
        if (files.ballots().unvouched() > 0) {
            not.add("whose keys signed " + files.ballots().unvouched()
                    + " decisions: the folder does not hold the text of the roster");
        }
        if (!evidence) {
            not.add("what evidence.json says: it is not there");
        } else {
            not.add("what else evidence.json says: it was made from the journal and can be made again");
        }
        not.add("that the clock was right, and that what was recorded is what happened");
        return not;
    }
}
