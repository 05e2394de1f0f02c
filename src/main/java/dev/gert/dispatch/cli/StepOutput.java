package dev.gert.dispatch.cli;

import dev.gert.event.RunEvent.OutputFile;
import dev.gert.journal.DiskFile;
import dev.gert.policy.RedactingStream;
import dev.gert.policy.Redactor;
import dev.gert.runtime.ByteSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One stream of one command: through the redactor into a file, which is made with its first byte, and
 * raw into memory where captures need it. Used by the pump's thread, then, after {@link #finish}, by
 * the dispatcher's.
 */
final class StepOutput implements ByteSink {
    private final OutputFolder folder;
    private final int number;
    private final String stepId;
    private final String ending;
    private final RedactingStream redacting;
    private final MessageDigest digest;
    private final @Nullable KeptText kept;
    private final @Nullable LastLine lastLine;
    private OutputFolder.@Nullable Opened file;
    private long bytes;
    private @Nullable IOException failure;

    StepOutput(
            OutputFolder folder,
            int number,
            String stepId,
            String ending,
            Redactor redactor,
            boolean keep,
            @Nullable LastLine lastLine) {
        this.folder = folder;
        this.number = number;
        this.stepId = stepId;
        this.ending = ending;
        this.redacting = redactor.stream(this::redacted);
        this.digest = sha256();
        this.kept = keep ? new KeptText() : null;
        this.lastLine = lastLine;
    }

    @Override
    public void write(byte[] from, int length) throws IOException {
        if (kept != null) {
            kept.add(from, length);
        }
        redacting.write(from, 0, length);
        fail();
    }

    @Override
    public void finish() throws IOException {
        try {
            redacting.finish();
        } finally {
            OutputFolder.Opened opened = file;
            if (opened != null) {
                try (DiskFile written = opened.file()) {
                    written.force();
                    folder.force();
                }
            }
        }
        fail();
    }

    /** The raw text, or null when there was too much of it or it was not asked for. Asked once. */
    @Nullable
    String text() {
        return kept == null ? null : kept.text();
    }

    /** The file as it stands on disk, or null when nothing was printed. Asked once, after the end. */
    @Nullable
    OutputFile file() {
        OutputFolder.Opened opened = file;
        return opened == null
                ? null
                : new OutputFile(opened.name(), bytes, HexFormat.of().formatHex(digest.digest()), redacting.redacted());
    }

    /** Takes the file away: what is in it did not come from the command. */
    void discard() throws IOException {
        OutputFolder.Opened opened = file;
        if (opened != null) {
            file = null;
            folder.delete(opened);
        }
    }

    private void redacted(byte[] from, int offset, int length) {
        if (length == 0 || failure != null) {
            return;
        }
        try {
            OutputFolder.Opened opened = file;
            if (opened == null) {
                opened = folder.create(number, stepId, ending);
                file = opened;
            }
            opened.file().writeAll(ByteBuffer.wrap(from, offset, length));
            digest.update(from, offset, length);
            bytes += length;
            if (lastLine != null) {
                lastLine.accept(from, offset, length);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void fail() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
