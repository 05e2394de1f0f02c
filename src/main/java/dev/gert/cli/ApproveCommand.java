package dev.gert.cli;

import dev.gert.approval.ApprovalFolder;
import dev.gert.approval.OpenRequest;
import dev.gert.approval.PendingRequests;
import dev.gert.approval.SignedDecision;
import dev.gert.approval.SshKeygen;
import dev.gert.approval.Voter;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.port.Dialogue;
import dev.gert.event.Envelope;
import dev.gert.journal.FileJournal;
import dev.gert.journal.JournalReader;
import dev.gert.journal.RunFolders;
import dev.gert.policy.Policy;
import dev.gert.runtime.StopSignal;
import dev.gert.scenario.Project;
import dev.gert.scenario.RunbookLoader;
import dev.gert.scenario.TextFiles;
import dev.gert.terminal.Prompter;
import dev.gert.terminal.Screen;
import dev.gert.terminal.TerminalControl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code gert approve} and {@code gert deny}: a decision on what a run waits for (cli.md; formats.md, "Approvals"). */
final class ApproveCommand implements Command {
    private final boolean yes;

    /** {@code yes}: approve; false: deny. */
    ApproveCommand(boolean yes) {
        this.yes = yes;
    }

    @Override
    public String name() {
        return yes ? "approve" : "deny";
    }

    @Override
    public String summary() {
        return yes ? "says yes to what a run waits for" : "says no to what a run waits for, which is final";
    }

    @Override
    public String example() {
        return yes
                ? "gert approve latest --step restart --reason 'the standby is ready' --sign ~/.ssh/id_ed25519"
                : "gert deny latest --step restart --reason 'not during the backup'";
    }

    @Override
    public void declare(Options options) {
        options.positionals("RUN", "a run's id, the beginning of one, `latest`, or a folder; none with `--request`", 0)
                .text("--step", "STEP", "the step's id or address, where a run waits for several")
                .text("--reason", "TEXT", "why, for the record")
                .text("--sign", "KEY", "sign the decision with this SSH key (its file, or the .pub of one in an agent)")
                .text("--request", "FILE", "decide on a request from another machine: the decision goes to stdout")
                .text("--import", "FILE", "take over a decision that was made elsewhere")
                .text("--reports", "DIR", "the folder that runs are written under (default: reports)");
    }

    /** A request, and where a decision on it is to be left. */
    private record Target(
            OpenRequest request,
            String name,
            @Nullable Path run,
            @Nullable Path exchange) {}

    @Override
    public int call(Arguments arguments, Io io) {
        try {
            Path request = arguments.file("--request");
            if (request != null && (!arguments.positionals().isEmpty() || arguments.file("--import") != null)) {
                throw new UsageException(
                        "`--request` prints a decision, and takes neither a run nor `--import`",
                        "the decision goes to stdout; `gert " + name() + " RUN --import FILE` takes it over");
            }
            Target target =
                    request == null ? target(arguments, io) : fromFile(io.cwd().resolve(request), io);
            if (target == null) {
                return Cli.USAGE;
            }
            if (Instant.now().isAfter(Instant.parse(target.request().expires()))) {
                io.error("the request expired at " + target.request().expires(), null);
                return Cli.NEGATIVE;
            }
            Path imported = arguments.file("--import");
            SignedDecision decision = imported == null
                    ? decide(target, arguments, io)
                    : read(io.cwd().resolve(imported), io);
            if (decision == null) {
                return Cli.NEGATIVE;
            }
            return request == null ? leave(target, decision, io) : print(decision, io);
        } catch (IOException e) {
            io.error("the decision can't be made: " + TextFiles.reason(e), null);
            return Cli.USAGE;
        }
    }

    private static @Nullable Target fromFile(Path file, Io io) throws IOException {
        String text = text(file);
        OpenRequest request = text == null ? null : OpenRequest.of(text);
        if (request == null) {
            io.error(
                    "`" + file + "` is not an approval request",
                    "it lies in a run's folder, as approvals/….request.json");
            return null;
        }
        return new Target(request, "", null, null);
    }

    /** Null where it is too large or no text; also from a pipe. */
    private static @Nullable String text(Path file) throws IOException {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            throw new IOException("`" + file + "` is no file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(OpenRequest.LARGEST + 1);
        }
        if (bytes.length > OpenRequest.LARGEST) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private @Nullable Target target(Arguments arguments, Io io) throws IOException {
        if (arguments.positionals().size() != 1) {
            throw new UsageException(
                    "`gert " + name() + "` is of one run", "name it, or `latest`; `--request FILE` needs none");
        }
        String named = arguments.positional(0);
        Path exchange = exchange(io);
        List<Target> targets = new ArrayList<>();
        RunFolders.Found found = new RunFolders(Wiring.reports(arguments, io, Project.of(io.cwd()))).find(named);
        if (found instanceof RunFolders.Found.Several several) {
            io.error("more than one run begins like that: " + String.join(", ", several.ids()), null);
            return null;
        }
        if (found instanceof RunFolders.Found.Run run
                && Files.isReadable(run.folder().resolve(FileJournal.NAME))) {
            for (PendingRequests.Pending each : PendingRequests.of(run.folder(), records(run.folder()))) {
                targets.add(new Target(each.request(), each.name(), run.folder(), exchange));
            }
        } else if (exchange != null) {
            for (PendingRequests.Pending each : PendingRequests.in(exchange, named)) {
                targets.add(new Target(each.request(), each.name(), null, exchange));
            }
        } else {
            io.error(
                    found instanceof RunFolders.Found.None none ? none.reason() : "the run can't be read by you",
                    "without an exchange in policy, `--request FILE --sign KEY` decides on a request that was sent to you");
            return null;
        }
        return chosen(targets, arguments.text("--step"), io);
    }

    private static List<Envelope> records(Path folder) throws IOException {
        JournalReader.Result read = JournalReader.read(folder.resolve(FileJournal.NAME));
        if (read instanceof JournalReader.Result.Whole whole) {
            return whole.records();
        }
        if (read instanceof JournalReader.Result.Torn torn) {
            return torn.records();
        }
        throw new IOException("the run's journal is damaged");
    }

    /** The exchange that policy names here, or null. */
    private static @Nullable Path exchange(Io io) {
        Policy policy = new RunbookLoader(io.cwd(), List.of()).policyAt(io.cwd(), new Diagnostics());
        String exchange = policy == null ? null : policy.exchange();
        return exchange == null ? null : Path.of(exchange);
    }

    private static @Nullable Target chosen(List<Target> targets, @Nullable String step, Io io) {
        List<Target> meant = new ArrayList<>();
        for (Target target : targets) {
            OpenRequest request = target.request();
            if (step == null || request.stepId().equals(step) || request.step().equals(step)) {
                meant.add(target);
            }
        }
        if (meant.size() == 1) {
            return meant.get(0);
        }
        if (targets.isEmpty() || meant.isEmpty()) {
            io.error(
                    targets.isEmpty()
                            ? "nothing waits for an approval here"
                            : "the step `" + step + "` does not wait for an approval",
                    null);
            return null;
        }
        StringBuilder steps = new StringBuilder();
        for (Target target : meant) {
            steps.append(steps.length() == 0 ? "" : ", ")
                    .append(target.request().run())
                    .append(' ')
                    .append(target.request().step());
        }
        io.error("several steps wait for an approval: " + steps, "`--step` says which");
        return null;
    }

    private @Nullable SignedDecision decide(Target target, Arguments arguments, Io io) throws IOException {
        OpenRequest request = target.request();
        SigningKey signer = SigningKey.of(arguments, io);
        if (!mayDecide(request, signer, io) || !confirmed(request, arguments, io)) {
            return null;
        }
        return decision(request, signer, arguments.text("--reason"), io);
    }

    /**
     * The OS user's decision on that very request, which they saw.
     *
     * @param run the folder of its run
     * @return the exit code
     */
    int byUser(PendingRequests.Pending pending, Path run, String reason, Io io) throws IOException {
        OpenRequest request = pending.request();
        if (Instant.now().isAfter(Instant.parse(request.expires()))) {
            io.error("the request expired at " + request.expires(), null);
            return Cli.NEGATIVE;
        }
        SignedDecision decision = mayDecide(request, null, io) ? decision(request, null, reason, io) : null;
        return decision == null
                ? Cli.NEGATIVE
                : leave(new Target(request, pending.name(), run, exchange(io)), decision, io);
    }

    private boolean mayDecide(OpenRequest request, @Nullable SigningKey signer, Io io) {
        Voter voter = signer == null
                ? Voter.ofUser(request, Wiring.osUser(), yes)
                : Voter.ofKey(request, signer.fingerprint(), yes);
        if (voter instanceof Voter.Nobody nobody) {
            io.error(nobody.reason(), nobody.help().isEmpty() ? null : nobody.help());
            return false;
        }
        return true;
    }

    private @Nullable SignedDecision decision(
            OpenRequest request, @Nullable SigningKey signer, @Nullable String reason, Io io) throws IOException {
        Voter voter = signer == null
                ? Voter.ofUser(request, Wiring.osUser(), yes)
                : Voter.ofKey(request, signer.fingerprint(), yes);
        if (!(voter instanceof Voter.Person person)) {
            return null;
        }
        String text = new SignedDecision.Said(
                        request.sha256(),
                        yes,
                        person.name(),
                        reason == null ? "" : reason,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .text();
        if (signer == null) {
            return new SignedDecision(text, null, null);
        }
        SshKeygen.Result signed = signer.sign(text, SignedDecision.NAMESPACE);
        if (signed instanceof SshKeygen.Result.Failed failed) {
            io.error(failed.reason(), null);
            return null;
        }
        return new SignedDecision(text, ((SshKeygen.Result.Signed) signed).armored(), null);
    }

    /** A person at a terminal types the step's id; anybody else names the step. */
    private boolean confirmed(OpenRequest request, Arguments arguments, Io io) {
        Screen screen = new Screen(io.err(), io.err(), false);
        Prompter prompter = new Prompter(io.in(), screen, io.facts(), TerminalControl.of(io.facts()), new StopSignal());
        if (!prompter.obstacle().isEmpty()) {
            request.lines().forEach(line -> io.err(io.safe(line)));
            if (arguments.text("--step") == null) {
                throw new UsageException(
                        "nobody can be asked whether this is meant: " + prompter.obstacle(),
                        "`--step " + request.stepId() + "` says that it is");
            }
            return true;
        }
        Dialogue.Reply reply = prompter.ask(
                request.lines(), "    type " + request.stepId() + " to " + (yes ? "approve" : "deny") + " it >");
        boolean meant = reply instanceof Dialogue.Reply.Line line && line.text().equals(request.stepId());
        if (!meant) {
            io.err("nothing was decided");
        }
        return meant;
    }

    /** A file that {@code --request} printed, or a decision with its signature beside it as ssh-keygen leaves them. */
    private static @Nullable SignedDecision read(Path file, Io io) throws IOException {
        String text = text(file);
        SignedDecision whole = text == null ? null : SignedDecision.of(text);
        Path signature = file.resolveSibling(file.getFileName() + ".sig");
        if (whole == null && text != null && Files.isRegularFile(signature)) {
            whole = new SignedDecision(text, text(signature), null);
        }
        if (whole == null || whole.signature() == null || whole.osUser() != null) {
            io.error(
                    "`" + file + "` is not a signed decision",
                    "a decision without a signature is its file's owner's, and can't be taken over for somebody else");
            return null;
        }
        return whole;
    }

    private int leave(Target target, SignedDecision decision, Io io) throws IOException {
        OpenRequest request = target.request();
        String why = ApprovalFolder.problem(request, decision);
        if (why != null) {
            io.error("the decision " + why, null);
            return Cli.NEGATIVE;
        }
        if (!Boolean.valueOf(yes).equals(decision.isYes())) {
            io.error(
                    "the decision says " + (yes ? "no" : "yes") + ", and was not taken over",
                    "`gert " + (yes ? "deny" : "approve") + " RUN --import FILE` takes it over");
            return Cli.NEGATIVE;
        }
        Path run = target.run();
        Path exchange = target.exchange();
        String osUser = Wiring.osUser();
        if (run != null && osUser.equals(request.requesterUser())) {
            new ApprovalFolder(run, exchange).add(target.name(), decision);
        } else if (exchange != null) {
            String problem = ApprovalFolder.problem(exchange);
            if (problem != null) {
                io.error("the exchange " + exchange + " can't be used: " + problem, null);
                return Cli.NEGATIVE;
            }
            String root = request.run().indexOf('.') < 0
                    ? request.run()
                    : request.run().substring(0, request.run().indexOf('.'));
            String name = target.name().startsWith(root + "--") ? target.name() : root + "--" + target.name();
            ApprovalFolder.leave(exchange, name, osUser, decision);
        } else {
            io.error(
                    "the run is of the OS user " + request.requesterUser() + ", and policy names no exchange",
                    "sign the decision with `--request FILE --sign KEY` and have it imported there");
            return Cli.NEGATIVE;
        }
        io.err((yes ? "approved " : "denied   ") + io.safe(request.stepId()) + " of " + request.run()
                + (decision.signature() == null ? ", by the OS user " + osUser : ", signed"));
        io.err("go on    a run that waits goes on by itself; one that was left: gert resume " + request.run());
        return Cli.OK;
    }

    private static int print(SignedDecision decision, Io io) {
        if (decision.signature() == null) {
            io.error(
                    "a decision for another machine has to be signed",
                    "`--sign KEY`; without a signature nobody there knows whose it is");
            return Cli.NEGATIVE;
        }
        io.out().print(decision.render());
        return Cli.OK;
    }
}
