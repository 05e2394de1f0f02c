package dev.gert.scenario;

import dev.gert.engine.port.Programs;
import dev.gert.runtime.ByteSink;
import dev.gert.runtime.End;
import dev.gert.runtime.Launch;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a commit, as {@code git} tells them. It is asked for objects alone, by names that can't be
 * options, and in such a way that nothing that a repository brings is run: no hook, monitor, filter or transport.
 */
public final class GitCommit {
    private static final long MILLIS = 60_000;
    private static final int MOST = 256 << 20;
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_OPTIONAL_LOCKS", "0",
            "GIT_NO_LAZY_FETCH", "1",
            "GIT_NO_REPLACE_OBJECTS", "1");
    private static final List<String> HARMLESS = List.of(
            "--no-pager",
            "--no-replace-objects",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "protocol.allow=never");

    private final Spawner spawner;
    private final String git;
    private final Path top;
    private final String ref;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private GitCommit(Spawner spawner, String git, Path top, String ref) {
        this.spawner = spawner;
        this.git = git;
        this.top = top;
        this.ref = ref;
    }

    /** What a commit has under a path. */
    record Entry(String mode, String object) {
        boolean isLink() {
            return mode.equals("120000");
        }

        boolean isFile() {
            return mode.startsWith("100");
        }
    }

    /** A commit, or why there is none. */
    public sealed interface Opened {
        /** Can be read. */
        record Commit(GitCommit commit) implements Opened {}

        /** {@code reason} is in lower case, without a period. */
        record Failed(String reason) implements Opened {}
    }

    /** What git said. */
    private static final class Said {
        private final byte @Nullable [] out;
        private final String error;

        Said(byte @Nullable [] out, String error) {
            this.out = out;
            this.error = error;
        }

        byte @Nullable [] out() {
            return out;
        }

        String error() {
            return error;
        }
    }

    /** {@code ref} in the repository that {@code cwd} is in, the outermost if it is in several. */
    public static Opened open(Path cwd, String ref, Spawner spawner, ProgramFinder programs) {
        Path real;
        try {
            real = cwd.toRealPath();
        } catch (IOException e) {
            real = cwd;
        }
        if (ref.isEmpty() || ref.startsWith("-") || ref.indexOf(':') >= 0) {
            return new Opened.Failed("that is not the name of a commit");
        }
        if (!(programs.find("git") instanceof Programs.Found.Program program)) {
            return new Opened.Failed("`git` is not on the PATH, and it is what reads a ref");
        }
        Path top = ProjectRoot.outermostGit(real);
        if (top == null) {
            return new Opened.Failed("the current folder is in no git repository");
        }
        GitCommit commit = new GitCommit(spawner, program.path(), top, ref);
        String failure = commit.list();
        return failure == null ? new Opened.Commit(commit) : new Opened.Failed(failure);
    }

    Path top() {
        return top;
    }

    String ref() {
        return ref;
    }

    /** Under a path from the top, with {@code /} between its parts; null: the commit has nothing there. */
    @Nullable
    Entry entry(String path) {
        return entries.get(path);
    }

    /** The bytes of a file or the target of a link; null when git can't tell. */
    synchronized byte @Nullable [] bytes(Entry entry) {
        return ask(List.of("cat-file", "blob", entry.object())).out();
    }

    /** Null, or why the commit can't be read. */
    private @Nullable String list() {
        Said named = ask(List.of("rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"));
        String id = named.out() == null ? "" : new String(named.out(), StandardCharsets.US_ASCII).strip();
        if (id.isEmpty()) {
            return named.error().isEmpty() ? "git knows no such commit" : "git: " + named.error();
        }
        Said tree = ask(List.of("ls-tree", "-r", "-z", "--full-tree", id));
        if (tree.out() == null) {
            return "git can't list its files: " + tree.error();
        }
        String listed = new String(tree.out(), StandardCharsets.UTF_8);
        int start = 0;
        while (start < listed.length()) {
            int end = listed.indexOf('\0', start);
            String line = listed.substring(start, end < 0 ? listed.length() : end);
            start = end < 0 ? listed.length() : end + 1;
            int tab = line.indexOf('\t');
            int kind = line.indexOf(' ');
            int object = line.indexOf(' ', kind + 1);
            if (kind > 0 && object > 0 && tab > object) {
                entries.put(
                        line.substring(tab + 1), new Entry(line.substring(0, kind), line.substring(object + 1, tab)));
            }
        }
        return null;
    }

    private Said ask(List<String> words) {
        List<String> arguments = new ArrayList<>(HARMLESS);
        arguments.addAll(words);
        Kept out = new Kept();
        Kept err = new Kept();
        Spawner.Start start =
                spawner.start(new Launch(git, arguments, top.toString(), ENVIRONMENT, null, null, MILLIS));
        if (start instanceof Spawner.Start.Failed failed) {
            return new Said(null, failed.reason());
        }
        End end = ((Spawner.Start.Waiting) start).child().run(out, err);
        boolean done = end instanceof End.Exited exited && exited.code() == 0;
        String said = err.bytes.toString(StandardCharsets.UTF_8).strip();
        int newline = said.indexOf('\n');
        return new Said(done ? out.bytes.toByteArray() : null, newline < 0 ? said : said.substring(0, newline));
    }

    /** What a stream brings, up to a bound. */
    private static final class Kept implements ByteSink {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(byte[] more, int length) throws IOException {
            if (bytes.size() + length > MOST) {
                throw new IOException("git says more than " + MOST + " bytes");
            }
            bytes.write(more, 0, length);
        }

        @Override
        public void finish() {
            // it is in memory
        }
    }
}
