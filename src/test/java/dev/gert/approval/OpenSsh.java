package dev.gert.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine's own {@code ssh-keygen}, in a folder of its own. */
final class OpenSsh {
    private static final String WHO = "who";

    private final Path folder;
    private int calls;

    OpenSsh(Path folder) {
        this.folder = folder;
    }

    /** A new key without a passphrase; the line of its {@code .pub} file. */
    String newKey(String name, String type, int bits) throws IOException, InterruptedException {
        must("-q", "-t", type, "-b", String.valueOf(bits), "-N", "", "-C", name + "@test", "-f", name);
        return Files.readString(folder.resolve(name + ".pub")).strip();
    }

    /** The fingerprint of a public key's line. */
    String fingerprint(String line) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("shown.pub"), line + "\n");
        String said = must("-l", "-f", "shown.pub");
        return said.split(" ")[1];
    }

    /** The signatures of all messages, by one call. */
    List<String> sign(String key, String namespace, String hash, List<byte[]> messages)
            throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("-q", "-Y", "sign", "-f", key, "-n", namespace, "-O", "hashalg=" + hash));
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Path file = folder.resolve("message-" + calls + "-" + i);
            Files.write(file, messages.get(i));
            files.add(file);
            words.add(file.getFileName().toString());
        }
        must(words.toArray(String[]::new));
        List<String> signatures = new ArrayList<>();
        for (Path file : files) {
            signatures.add(Files.readString(folder.resolve(file.getFileName() + ".sig")));
        }
        return signatures;
    }

    /** The keys whose signatures {@link #accepts} takes from now on. */
    void allow(List<String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(WHO).append(' ').append(line).append('\n');
        }
        Files.writeString(folder.resolve("allowed"), text);
    }

    boolean accepts(String signature, byte[] message, String namespace) throws IOException, InterruptedException {
        Files.write(folder.resolve("x.sig"), signature.getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("x"), message);
        return run("-Y", "verify", "-f", "allowed", "-I", WHO, "-n", namespace, "-s", "x.sig") == 0;
    }

    private String must(String... words) throws IOException, InterruptedException {
        int exit = run(words);
        String said = Files.readString(folder.resolve("said"));
        assertThat(exit).as("%s: %s", String.join(" ", words), said).isZero();
        return said;
    }

    private int run(String... words) throws IOException, InterruptedException {
        calls++;
        List<String> command = new ArrayList<>(List.of("ssh-keygen"));
        command.addAll(List.of(words));
        Path input = folder.resolve("x");
        if (!Files.exists(input)) {
            Files.createFile(input);
        }
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("ssh-keygen ended").isTrue();
        return process.exitValue();
    }
}
