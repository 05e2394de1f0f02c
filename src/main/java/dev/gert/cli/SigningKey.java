package dev.gert.cli;

import dev.gert.approval.SshKeygen;
import dev.gert.policy.SshKey;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.CommandPath;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key of {@code --sign}: its file, or the {@code .pub} of one that an agent holds. */
final class SigningKey {
    private final Io io;
    private final Path file;
    private final SshKey publicKey;

    private SigningKey(Io io, Path file, SshKey publicKey) {
        this.io = io;
        this.file = file;
        this.publicKey = publicKey;
    }

    /** Null where none was given; one that nobody could check a signature of is a usage error. */
    static @Nullable SigningKey of(Arguments arguments, Io io) {
        Path key = arguments.file("--sign");
        if (key == null) {
            return null;
        }
        boolean isPublic = key.toString().endsWith(".pub");
        Path file = io.cwd().resolve(key);
        SshKey read = null;
        try {
            read = SshKeygen.publicKey(file);
        } catch (IOException e) {
            // the same as none
        }
        if (read == null) {
            throw new UsageException(
                    "there is no public key in `" + key + (isPublic ? "`" : ".pub`"),
                    isPublic
                            ? "`ssh-keygen -t ed25519` makes a key with its `.pub` file"
                            : "`ssh-keygen -y -f " + key + " > " + key + ".pub` makes it of a private key");
        }
        if (!isPublic && !Files.isReadable(file)) {
            throw new UsageException("`" + key + "` can't be read", "the `.pub` file names a key that an agent holds");
        }
        return new SigningKey(io, file, read);
    }

    /** Has the text signed; ssh-keygen has the terminal meanwhile. */
    SshKeygen.Result sign(String text, String namespace) throws IOException {
        CommandPath path = CommandPath.ofOperator(io.env("PATH"));
        List<String> names = new ArrayList<>(ChildEnvironment.NAMES);
        names.addAll(List.of("SSH_AUTH_SOCK", "SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY"));
        try (Spawner spawner = new Spawner(new ChildEnvironment(names, path.text(), name -> false))) {
            io.flush();
            return new SshKeygen(spawner, new ProgramFinder(path, io.cwd())).sign(file, text, namespace);
        }
    }

    String fingerprint() {
        return publicKey.fingerprint();
    }
}
