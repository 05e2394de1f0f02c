package dev.gert.cli;

import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code gert init}: a first repository (cli.md): policy, project file, a tested runbook, a pipeline. */
final class InitCommand implements Command {
    @Override
    public String name() {
        return "init";
    }

    @Override
    public String summary() {
        return "lays the files of a first repository: policy, a tested runbook, a pipeline";
    }

    @Override
    public String example() {
        return "gert init my-runbooks";
    }

    @Override
    public void declare(Options options) {
        options.positionals("DIR", "the repository's folder (default: this one); files that are there stay", 0);
    }

    @Override
    public int call(Arguments arguments, Io io) {
        List<String> folders = arguments.positionals();
        if (folders.size() > 1) {
            throw new UsageException("`gert init` lays one repository at a time", null);
        }
        String named = folders.isEmpty() ? "." : folders.get(0);
        Path folder = io.cwd().resolve(Arguments.path(named)).normalize();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UsageException("`" + named + "` is not a folder", null);
        }
        FirstFiles files = new FirstFiles(folder);
        List<FirstFile> missing = files.missing(FirstFile.ALL);
        try {
            files.write(missing);
        } catch (IOException e) {
            throw new UsageException("`" + named + "` stays as it was: " + reason(e, folder), null);
        }
        if (!arguments.quiet()) {
            tell(files, missing, named, io);
        }
        return io.verdict(Cli.OK);
    }

    private static void tell(FirstFiles files, List<FirstFile> written, String named, Io io) {
        int leftOut = 0;
        boolean runbook = false;
        boolean policy = false;
        boolean workflow = false;
        for (FirstFile file : FirstFile.ALL) {
            if (written.contains(file)) {
                io.out(line("wrote", file.target(), file.purpose()));
                runbook |= file.target().equals(FirstFile.RUNBOOK);
                policy |= file.target().equals(FirstFile.POLICY);
                workflow |= file.target().equals(FirstFile.WORKFLOW);
            } else if (files.isThere(file)) {
                io.out(line("kept", file.target(), "was there"));
            } else {
                leftOut++;
            }
        }
        if (leftOut > 0) {
            io.out("\nA part of the example was there, so the other " + leftOut
                    + (leftOut == 1 ? " file of it is" : " files of it are") + " left out.");
        }
        if (written.isEmpty()) {
            io.out("\nNothing to do.");
            return;
        }
        io.out("\nNext:");
        if (!named.equals(".")) {
            io.out("  cd " + io.safe(ShellWord.of(named)));
        }
        io.out("  gert validate --strict runbooks");
        io.out("  gert test --strict runbooks");
        io.out("  gert coverage --min-branch 100 --min-outcome 100 runbooks");
        if (runbook) {
            io.out("  gert run " + FirstFile.RUNBOOK);
        }
        if (runbook && !policy) {
            io.out("\nThe policy is as it was; the first line says whether the new runbook may run under it.");
        }
        if (workflow) {
            io.out("\nThe workflow has to be told where gert is: see the comment at its top.");
        }
    }

    private static String line(String word, String target, String purpose) {
        StringBuilder line = new StringBuilder(word);
        pad(line, 7);
        line.append(target);
        if (!purpose.isEmpty()) {
            pad(line, 65);
            line.append("  ").append(purpose);
        }
        return line.toString();
    }

    private static void pad(StringBuilder line, int width) {
        while (line.length() < width) {
            line.append(' ');
        }
    }

    /** What is wrong with which file; an exception's own words begin with the whole path. */
    private static String reason(IOException e, Path folder) {
        if (!(e instanceof FileSystemException failure) || failure.getFile() == null) {
            return TextFiles.reason(e);
        }
        Path file = Path.of(failure.getFile());
        boolean within = file.startsWith(folder) && !file.equals(folder);
        return (within ? folder.relativize(file) : file) + " can't be written: " + why(failure);
    }

    private static String why(FileSystemException failure) {
        String reason = failure.getReason();
        if (reason != null) {
            return reason;
        }
        return failure instanceof AccessDeniedException
                ? "permission denied"
                : failure instanceof FileAlreadyExistsException ? "it is there by now" : "there is no such folder";
    }
}
