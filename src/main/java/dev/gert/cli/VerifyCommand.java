package dev.gert.cli;

import dev.gert.journal.RunFolders;
import dev.gert.projection.Verification;
import dev.gert.render.VerificationJson;
import dev.gert.render.VerificationText;
import dev.gert.scenario.TextFiles;
import dev.gert.verify.AllowedSigners;
import dev.gert.verify.Bundle;
import dev.gert.verify.RunVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** {@code gert verify}: whether a run's folder is what was written (cli.md). */
final class VerifyCommand implements Command {
    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String summary() {
        return "checks that a run's records and files are what was written";
    }

    @Override
    public String example() {
        return "gert verify latest";
    }

    @Override
    public void declare(Options options) {
        options.positional(
                        "RUN",
                        "the run's id, the beginning of one, `latest`, its folder or a copy of it, or a bundle (`.zip`)")
                .text("--signers", "FILE", "whose seals count, as of `ssh-keygen -Y verify`: the run has to be sealed")
                .text("--last-hash", "HEX", "the hash of a record that was kept elsewhere: the journal has to hold it")
                .text("--reports", "DIR", "where runs are written")
                .choice("--format", "how the verdict is written", "text", "json");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        String outside = hash(arguments.text("--last-hash"));
        try {
            AllowedSigners signers = signers(arguments, io);
            Verification verification = verification(arguments, signers, outside, io);
            if (verification == null) {
                return Cli.USAGE;
            }
            boolean json = arguments.choice("--format").equals("json");
            io.out()
                    .print(
                            json
                                    ? VerificationJson.render(verification)
                                    : arguments.quiet()
                                            ? VerificationText.verdict(verification) + "\n"
                                            : VerificationText.render(
                                                    verification,
                                                    io.colourOnOut(),
                                                    io.facts().unicode(),
                                                    io.widthOfOut()));
            return io.verdict(verification.verdict() == Verification.Verdict.VALID ? Cli.OK : Cli.NEGATIVE);
        } catch (IOException e) {
            io.error("the run can't be read: " + TextFiles.reason(e), null);
            return Cli.USAGE;
        }
    }

    /** Of a bundle, or of a run's folder; null, with the reason said, where there is none. */
    private static @Nullable Verification verification(
            Arguments arguments, @Nullable AllowedSigners signers, @Nullable String outside, Io io) throws IOException {
        String name = arguments.positional(0);
        if (name.endsWith(".zip")) {
            try (Bundle bundle = Bundle.open(io.cwd().resolve(name))) {
                return bundle.verify(signers, outside);
            } catch (ZipException e) {
                io.error("`" + name + "` is no zip file that can be read: " + e.getMessage(), null);
                return null;
            }
        }
        RunFolders.Found.Run run = NamedRun.of(arguments, io);
        return run == null ? null : new RunVerifier(run.folder(), signers, outside).verify();
    }

    private static @Nullable String hash(@Nullable String given) {
        if (given == null) {
            return null;
        }
        String hash = given.strip().toLowerCase(Locale.ROOT);
        boolean hex = hash.length() == 64;
        for (int i = 0; i < hash.length(); i++) {
            hex &= Character.digit(hash.charAt(i), 16) >= 0 && hash.charAt(i) < 128;
        }
        if (!hex) {
            throw new UsageException("`--last-hash` is 64 hex digits", null);
        }
        return hash;
    }

    private static @Nullable AllowedSigners signers(Arguments arguments, Io io) {
        Path file = arguments.file("--signers");
        if (file == null) {
            return null;
        }
        String text;
        try {
            text = Files.readString(io.cwd().resolve(file));
        } catch (IOException e) {
            throw new UsageException("`" + file + "` can't be read: " + TextFiles.reason(e), null);
        }
        if (AllowedSigners.read(text) instanceof AllowedSigners.Reading.Bad bad) {
            throw new UsageException(
                    file + ":" + bad.line() + ": " + bad.reason(),
                    "a line is PRINCIPALS, options, and a key: `alice@example.com namespaces=\"gert-run-v1\" ssh-ed25519 AAAA...`");
        }
        return ((AllowedSigners.Reading.Good) AllowedSigners.read(text)).signers();
    }
}
