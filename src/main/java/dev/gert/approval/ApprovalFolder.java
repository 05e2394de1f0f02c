package dev.gert.approval;

import dev.gert.journal.Disk;
import dev.gert.journal.DiskFile;
import dev.gert.source.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where requests and decisions lie: {@code approvals/} of a run's folder, and the exchange through which
 * other OS users decide (formats.md, "Approvals"). Files appear whole or not at all.
 */
public final class ApprovalFolder {
    /** In a run's folder. */
    public static final String NAME = "approvals";

    static final String REQUEST = ".request.json";
    static final String DECISION = ".decision.json";
    private static final String KEY = "key";
    private static final int KEY_BYTES = 32;
    private static final int MOST = 10_000;

    private final Disk disk;
    private final Path run;
    private final @Nullable Path exchange;

    /**
     * @param run the run's folder
     * @param exchange null: policy names none
     */
    public ApprovalFolder(Path run, @Nullable Path exchange) {
        this(Disk.real(), run, exchange);
    }

    /** The same, with the run's folder on that disk. */
    public ApprovalFolder(Disk disk, Path run, @Nullable Path exchange) {
        this.disk = disk;
        this.run = run;
        this.exchange = exchange;
    }

    /** A decision and whose file it is. */
    public record Found(Path file, String owner, SignedDecision decision, String sha256) {}

    /** The request's name: the step's address, after the number of the run where that is not the first. */
    static String name(String run, String step, int attempt) {
        int dot = run.indexOf('.');
        return (dot < 0 ? "" : run.substring(dot + 1) + "@") + step + "-" + attempt;
    }

    /** The request's text as it lies there; null if there is none. */
    @Nullable
    String request(String name) throws IOException {
        return read(run.resolve(NAME).resolve(name + REQUEST), OpenRequest.LARGEST);
    }

    /** Keeps a request that is not to be decided any more under a name that says so. */
    void supersede(String name, String sha256) throws IOException {
        Path folder = run.resolve(NAME);
        disk.rename(folder.resolve(name + REQUEST), folder.resolve(name + "." + sha256.substring(0, 8) + ".old.json"));
    }

    /**
     * Writes a request to the run's folder, and to the exchange where there is one.
     *
     * @return its file, from the run's folder
     */
    String open(String name, String text, String rootRun) throws IOException {
        Path folder = run.resolve(NAME);
        disk.ensureFolder(folder);
        write(disk, folder, name + REQUEST, text, "rw-------");
        if (exchange != null && problem(exchange) == null) {
            Path shared = exchange.resolve(rootRun + "--" + name + REQUEST);
            Files.deleteIfExists(shared);
            write(disk, exchange, rootRun + "--" + name + REQUEST, text, "rw-r-----");
        }
        return NAME + "/" + name + REQUEST;
    }

    /** Every decision on the request of that name, the run's own first. What can't be read is left out. */
    List<Found> decisions(String name, String rootRun) throws IOException {
        List<Found> found = new ArrayList<>(decisions(run.resolve(NAME), name + "."));
        if (exchange != null && problem(exchange) == null) {
            found.addAll(decisions(exchange, rootRun + "--" + name + "."));
        }
        return found;
    }

    private static List<Found> decisions(Path folder, String prefix) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String file = entry.getFileName().toString();
                if (file.startsWith(prefix) && file.endsWith(DECISION)) {
                    files.add(entry);
                }
                if (files.size() > MOST) {
                    throw new IOException("there are more than " + MOST + " decisions in " + folder);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        Collections.sort(files);
        List<Found> found = new ArrayList<>();
        for (Path file : files) {
            Found decision = decision(file);
            if (decision != null) {
                found.add(decision);
            }
        }
        return found;
    }

    /** Null where it is no file of its owner's alone, changed while it was read, or no decision. */
    private static @Nullable Found decision(Path file) {
        try {
            Map<String, Object> before = attributes(file);
            boolean others = before.get("mode") instanceof Integer mode && (mode & 022) != 0;
            boolean own = Integer.valueOf(1).equals(before.get("nlink")) && !others;
            String text = own ? read(file, SignedDecision.LARGEST) : null;
            SignedDecision decision = text == null ? null : SignedDecision.of(text);
            return decision != null && before.equals(attributes(file))
                    ? new Found(file, String.valueOf(before.get("owner")), decision, Sha256.hex(String.valueOf(text)))
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static Map<String, Object> attributes(Path file) throws IOException {
        return Files.readAttributes(file, "unix:mode,ino,dev,nlink,size,ctime,owner", LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Adds a decision under the next free number, by a rename, so that it is there whole or not at all.
     *
     * @return its file, from the run's folder, with the digest of its bytes
     */
    public Kept add(String name, SignedDecision decision) throws IOException {
        String text = decision.render();
        Path folder = run.resolve(NAME);
        for (int n = 1; n < MOST; n++) {
            String file = name + "." + n + DECISION;
            if (Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            try {
                write(disk, folder, file, text, "rw-------");
                return new Kept(NAME + "/" + file, Sha256.hex(text));
            } catch (FileAlreadyExistsException e) {
                // somebody was faster: the next number
            }
        }
        throw new IOException("there are too many decisions in " + folder);
    }

    /** A file of the run's folder with its digest in hex. */
    public record Kept(String file, String sha256) {}

    /** A decision that lies in the run's folder, as it lies there. */
    static Kept kept(Found found) {
        return new Kept(NAME + "/" + found.file().getFileName(), found.sha256());
    }

    /** Whether the file lies in the run's own folder. */
    boolean isOwn(Path file) {
        return file.startsWith(run);
    }

    /** Leaves a decision in the exchange for the run to find. */
    public static Path leave(Path exchange, String request, String user, SignedDecision decision) throws IOException {
        for (int n = 1; n < MOST; n++) {
            String file = request + "." + user + "-" + n + DECISION;
            if (!Files.exists(exchange.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                write(Disk.real(), exchange, file, decision.render(), "rw-r-----");
                return exchange.resolve(file);
            }
        }
        throw new IOException("there are too many decisions in " + exchange);
    }

    /** Why the folder can't be an exchange, or null: only its sticky bit keeps people from another's files. */
    public static @Nullable String problem(Path exchange) {
        try {
            if (!Files.isDirectory(exchange, LinkOption.NOFOLLOW_LINKS)) {
                return "it is not a folder";
            }
            int mode = ((Number) Files.getAttribute(exchange, "unix:mode")).intValue();
            if ((mode & 03000) != 03000 || (mode & 020) == 0) {
                return "it is not setgid, sticky and writable for its group (chmod 3770)";
            }
            return (mode & 02) == 0 ? null : "everybody can write to it (chmod 3770)";
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "it can't be looked at";
        }
    }

    /** What can be told of a decision without policy: that its signature holds, and that it is of this request; null: nothing is wrong. */
    public static @Nullable String problem(OpenRequest request, SignedDecision decision) {
        if (decision.render().getBytes(StandardCharsets.UTF_8).length > SignedDecision.LARGEST) {
            return "is larger than " + SignedDecision.LARGEST + " bytes, and would not be read";
        }
        SignedDecision.Said said = decision.said();
        if (said == null) {
            return "is not a decision to the letter of gert/approval/v1";
        }
        if (!said.request().equals(request.sha256())) {
            return "is about another request";
        }
        String signature = decision.signature();
        if (signature == null) {
            return null;
        }
        SshSignature.Verdict verdict = SshSignature.verify(
                signature.getBytes(StandardCharsets.UTF_8),
                decision.text().getBytes(StandardCharsets.UTF_8),
                SignedDecision.NAMESPACE);
        if (!(verdict instanceof SshSignature.Verdict.Signed by)) {
            return "has a signature that does not hold: " + ((SshSignature.Verdict.Refused) verdict).reason();
        }
        Voter voter = Voter.ofKey(request, by.key().fingerprint(), said.yes());
        if (voter instanceof Voter.Nobody nobody) {
            return "does not count: " + nobody.reason();
        }
        String person = ((Voter.Person) voter).name();
        return person.equals(said.person()) ? null : "names " + said.person() + ", and the key is " + person + "'s";
    }

    /** The secret by which redacted values are bound: made with the first request, in no bundle. */
    byte[] key() throws IOException {
        Path file = run.resolve(KEY);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            write(disk, run, KEY, fresh, "rw-------");
        }
        byte[] key;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            key = in.readNBytes(KEY_BYTES + 1);
        }
        if (key.length != KEY_BYTES) {
            throw new IOException(file + " is not a run's key");
        }
        return key;
    }

    /** Null if there is no such file; one that is a link or too large is an error. */
    static @Nullable String read(Path file, int most) throws IOException {
        byte[] bytes;
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is not a file of its own");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(most + 1);
        } catch (NoSuchFileException e) {
            return null;
        }
        if (bytes.length > most) {
            throw new IOException(file + " is larger than " + most + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8", e);
        }
    }

    /** A new file, whole and on disk before it has its name. */
    private static void write(Disk disk, Path folder, String name, String text, String mode) throws IOException {
        write(disk, folder, name, text.getBytes(StandardCharsets.UTF_8), mode);
    }

    private static void write(Disk disk, Path folder, String name, byte[] content, String mode) throws IOException {
        Path temporary = folder.resolve("." + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".tmp");
        try {
            try (DiskFile out = disk.createFile(temporary)) {
                out.writeAll(ByteBuffer.wrap(content));
                out.force();
            }
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode));
            // A second name can only be given where none is: a rename would replace what is there.
            disk.link(folder.resolve(name), temporary);
        } finally {
            disk.delete(temporary);
        }
        disk.force(folder);
    }
}
