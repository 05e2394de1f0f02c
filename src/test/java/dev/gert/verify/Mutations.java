package dev.gert.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Changes a run's folder as an accident or a forger would, by a seeded source. */
final class Mutations {
    private static final int TAIL = 75;
    private static final List<String> WORDS = List.of(
            "run_completed",
            "run_sealed",
            "warning",
            "later_type",
            "null",
            "true",
            "-1",
            "1.0",
            "1e0",
            "99999999999",
            "\\ud800",
            "mutate",
            "approve",
            "invoke",
            "chain",
            "{}",
            "[]",
            "\"\"",
            "ssh",
            "bob",
            "ann");

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** Changes the folder, and says how; {@code other}: another run's folder to take from. */
    String mutate(Path run, Path other) throws IOException {
        int kind = random.nextInt(20);
        return switch (kind) {
            case 0, 1, 2, 3, 4 -> bytes(run);
            case 5, 6, 7 -> lines(run, other);
            case 8, 9, 10, 11, 12, 13 -> repaired(run, other);
            case 14 -> cut(run.resolve("journal.jsonl"), "journal.jsonl");
            case 15 -> {
                Path file = any(run);
                Files.delete(file);
                yield "without " + run.relativize(file);
            }
            case 16 -> link(run);
            case 17 -> extra(run);
            case 18 -> foreign(run, other);
            default -> {
                Path file = any(run);
                yield cut(file, run.relativize(file).toString());
            }
        };
    }

    private String bytes(Path run) throws IOException {
        Path file = random.nextBoolean() ? run.resolve("journal.jsonl") : any(run);
        byte[] changed = bytes(Files.readAllBytes(file));
        Files.write(file, changed);
        return "bytes of " + run.relativize(file);
    }

    /** One byte or bit changed, put in or taken out. */
    private byte[] bytes(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {'x'};
        }
        int at = random.nextInt(bytes.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.write(bytes[at] ^ 1 << random.nextInt(8));
            case 2 -> {
                out.write(bytes[at]);
                out.write(random.nextInt(256));
            }
            case 3 -> out.write("\n\0 \"}{,".charAt(random.nextInt(7)));
            default -> {}
        }
        out.write(bytes, at + 1, bytes.length - at - 1);
        return out.toByteArray();
    }

    private String lines(Path run, Path other) throws IOException {
        List<byte[]> lines = split(Files.readAllBytes(run.resolve("journal.jsonl")));
        String what = lines(lines, other);
        write(run, lines);
        return what;
    }

    private String lines(List<byte[]> lines, Path other) throws IOException {
        int at = random.nextInt(lines.size());
        switch (random.nextInt(6)) {
            case 0 -> {
                lines.remove(at);
                return "a line dropped";
            }
            case 1 -> {
                int with = random.nextInt(lines.size());
                byte[] line = lines.get(at);
                lines.set(at, lines.get(with));
                lines.set(with, line);
                return "lines swapped";
            }
            case 2 -> {
                lines.add(random.nextInt(lines.size() + 1), lines.get(at));
                return "a line doubled";
            }
            case 3 -> {
                List<byte[]> from = split(Files.readAllBytes(other.resolve("journal.jsonl")));
                lines.add(at, from.get(random.nextInt(from.size())));
                return "a line of another run put in";
            }
            case 4 -> {
                List<byte[]> from = split(Files.readAllBytes(other.resolve("journal.jsonl")));
                lines.set(at, from.get(Math.min(at, from.size() - 1)));
                return "a line of another run in one's place";
            }
            default -> {
                lines.subList(at, lines.size()).clear();
                return "lines cut off";
            }
        }
    }

    /** The same by somebody who knows how the chain is made: of one line, or of all that follow. */
    private String repaired(Path run, Path other) throws IOException {
        List<byte[]> lines = split(Files.readAllBytes(run.resolve("journal.jsonl")));
        String what;
        int at = random.nextInt(lines.size());
        switch (random.nextInt(4)) {
            case 0 -> what = lines(lines, other);
            case 1 -> {
                byte[] line = lines.get(at);
                byte[] changed = bytes(Arrays.copyOf(line, Math.max(0, line.length - TAIL)));
                lines.set(at, join(changed, new byte[TAIL]));
                what = "a line's bytes";
            }
            case 2 -> {
                lines.set(at, word(lines.get(at)));
                what = "a word";
            }
            default -> {
                lines.set(at, member(lines.get(at)));
                what = "a member";
            }
        }
        boolean all = random.nextInt(4) > 0;
        repair(lines, all ? 0 : at, all ? lines.size() : at + 1);
        write(run, lines);
        return what + (all ? ", the chain repaired" : ", its hash repaired");
    }

    /** A word or a number between quotes, colons and commas replaced by another one. */
    private byte[] word(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        List<int[]> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i < text.length() - TAIL; i++) {
            boolean within = "\"{}[],:".indexOf(text.charAt(i)) < 0;
            if (within && from < 0) {
                from = i;
            } else if (!within && from >= 0) {
                words.add(new int[] {from, i});
                from = -1;
            }
        }
        if (words.isEmpty()) {
            return line;
        }
        int[] chosen = words.get(random.nextInt(words.size()));
        String with = WORDS.get(random.nextInt(WORDS.size()));
        return (text.substring(0, chosen[0]) + with + text.substring(chosen[1])).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A part from one comma to another taken out, or doubled. */
    private byte[] member(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        List<Integer> commas = new ArrayList<>();
        for (int i = 0; i < text.length() - TAIL; i++) {
            if (text.charAt(i) == ',') {
                commas.add(i);
            }
        }
        if (commas.size() < 2) {
            return line;
        }
        int first = random.nextInt(commas.size() - 1);
        String part = text.substring(commas.get(first), commas.get(first + 1));
        String changed = text.substring(0, commas.get(first))
                + (random.nextBoolean() ? "" : part + part)
                + text.substring(commas.get(first + 1));
        return changed.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void repair(List<byte[]> lines, int from, int to) {
        String prev = from == 0 ? "0".repeat(64) : null;
        for (int i = from; i < Math.min(to, lines.size()); i++) {
            byte[] line = lines.get(i);
            if (line.length < TAIL) {
                return;
            }
            String hashed = new String(line, 0, line.length - TAIL, StandardCharsets.ISO_8859_1);
            int at = hashed.lastIndexOf("\"prev\":\"");
            if (prev != null && at > 0 && at + 72 <= hashed.length()) {
                hashed = hashed.substring(0, at + 8) + prev + hashed.substring(at + 72);
            }
            int seq = hashed.indexOf(",\"time\"");
            if (hashed.startsWith("{\"seq\":") && seq > 0 && to > from + 1) {
                hashed = "{\"seq\":" + i + hashed.substring(seq);
            }
            byte[] bytes = hashed.getBytes(StandardCharsets.ISO_8859_1);
            prev = sha256(bytes, bytes.length);
            lines.set(i, join(bytes, (",\"hash\":\"" + prev + "\"}").getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private String cut(Path file, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = random.nextInt(bytes.length + 1);
        byte[] shorter = Arrays.copyOf(bytes, end);
        Files.write(file, random.nextInt(4) == 0 ? Arrays.copyOf(shorter, end + random.nextInt(64)) : shorter);
        return name + " cut";
    }

    private String link(Path run) throws IOException {
        Path file = any(run);
        Path kept = run.resolveSibling("kept-" + file.getFileName());
        Path from = file;
        if (random.nextInt(4) == 0 && !file.getParent().equals(run)) {
            from = file.getParent();
        }
        Files.move(from, kept);
        Files.createSymbolicLink(from, kept);
        return "a link for " + run.relativize(from);
    }

    private String extra(Path run) throws IOException {
        List<String> names = List.of(
                "output/099-x.out",
                "output/001-y.out",
                "output/x",
                "approvals/x.json",
                "policy/x.yaml",
                "more.txt",
                "policy/" + "ab".repeat(32) + ".yaml",
                "pinned/" + "ab".repeat(32) + ".yaml",
                "attachments/x/y",
                "pinned/x",
                "output/1000-z.err");
        Path file = run.resolve(names.get(random.nextInt(names.size())));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        return "with " + run.relativize(file);
    }

    private String foreign(Path run, Path other) throws IOException {
        Path file = any(run);
        Files.write(file, Files.readAllBytes(any(other)));
        return run.relativize(file) + " of another run";
    }

    private Path any(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            List<Path> all = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && !List.of("lock", "key")
                                    .contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
            return all.get(random.nextInt(all.size()));
        }
    }

    private static List<byte[]> split(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, from, i));
                from = i + 1;
            }
        }
        return lines;
    }

    private static void write(Path run, List<byte[]> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            out.writeBytes(line);
            out.write('\n');
        }
        try {
            Files.write(run.resolve("journal.jsonl"), out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static String sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
