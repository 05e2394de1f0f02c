package dev.gert.approval;

import dev.gert.engine.port.Programs;
import dev.gert.policy.SshKey;
import dev.gert.runtime.End;
import dev.gert.runtime.Launch;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs by {@code ssh-keygen -Y sign}, which has the terminal meanwhile: so agents, passphrases and keys on
 * hardware work as they do everywhere else.
 */
public final class SshKeygen {
    private static final long MILLIS = 5 * 60_000L;

    private final Spawner spawner;
    private final ProgramFinder programs;

    public SshKeygen(Spawner spawner, ProgramFinder programs) {
        this.spawner = spawner;
        this.programs = programs;
    }

    /** A signature, or why there is none. */
    public sealed interface Result {
        /** The armored text. */
        record Signed(String armored) implements Result {}

        /** {@code reason} is a sentence. */
        record Failed(String reason) implements Result {}
    }

    /** The key that belongs to a private key's file: of the file itself where it is public, else of {@code FILE.pub}. */
    public static @Nullable SshKey publicKey(Path file) throws IOException {
        Path name = file.getFileName();
        boolean isPublic = name != null && name.toString().endsWith(".pub");
        Path read = isPublic ? file : file.resolveSibling(name + ".pub");
        String text = ApprovalFolder.read(read, 1 << 16);
        return text != null && SshKey.ofLine(text.strip()) instanceof SshKey.Reading.Good good ? good.key() : null;
    }

    /** Has the text signed in a namespace. */
    public Result sign(Path key, String text, String namespace) throws IOException {
        if (!(programs.find("ssh-keygen") instanceof Programs.Found.Program program)) {
            return new Result.Failed("ssh-keygen is not on the command path, and it is what signs");
        }
        Path folder = Files.createTempDirectory("gert-sign-");
        Path file = folder.resolve("message");
        Path signature = folder.resolve("message.sig");
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
            List<String> arguments = List.of(
                    "-q",
                    "-Y",
                    "sign",
                    "-n",
                    namespace,
                    "-f",
                    key.toAbsolutePath().toString(),
                    file.toString());
            End end = spawner.runInForeground(
                    new Launch(program.path(), arguments, folder.toString(), Map.of(), null, null, MILLIS));
            String armored = ApprovalFolder.read(signature, 1 << 16);
            boolean done = end instanceof End.Exited exited && exited.code() == 0;
            return done && armored != null
                    ? new Result.Signed(armored)
                    : new Result.Failed("ssh-keygen did not sign with " + key);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(signature);
            Files.deleteIfExists(folder);
        }
    }
}
