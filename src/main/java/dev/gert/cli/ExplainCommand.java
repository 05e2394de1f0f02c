package dev.gert.cli;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Suggestions;
import dev.gert.render.CodeJson;
import dev.gert.render.CodePage;
import dev.gert.render.CodeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code gert explain CODE}: a diagnostic's page, or without a code the list of them (cli.md). */
final class ExplainCommand implements Command {
    private final Pages pages;

    /** With the pages of docs/codes, which the build packs into the JAR. */
    ExplainCommand() {
        this(ExplainCommand::packed);
    }

    ExplainCommand(Pages pages) {
        this.pages = pages;
    }

    /** Where the pages are. */
    interface Pages {
        /** The page's Markdown, or null if there is none. */
        @Nullable
        String of(Code code);
    }

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String summary() {
        return "prints the page of a diagnostic's code";
    }

    @Override
    public String example() {
        return "gert explain Y104";
    }

    @Override
    public void declare(Options options) {
        options.positionals("CODE", "the code of a finding, such as Y104; without one all are listed", 0)
                .choice("--format", "how the page is written", "text", "json");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        boolean json = arguments.choice("--format").equals("json");
        List<String> given = arguments.positionals();
        if (given.size() > 1) {
            throw new UsageException("`" + given.get(1) + "` is one argument too many", Misuse.see(name()));
        }
        if (given.isEmpty()) {
            io.out().print(json ? CodeJson.list() : CodeText.list());
            return io.verdict(Cli.OK);
        }
        Code code = code(given.get(0));
        String markdown = pages.of(code);
        CodePage page = markdown == null ? null : CodePage.read(markdown);
        if (json) {
            io.out().print(CodeJson.page(code, page));
        } else if (page != null) {
            boolean unicode = io.facts().unicode();
            io.out().print(CodeText.page(code, page, io.facts().width(), io.colourOnOut(), unicode));
        }
        if (page == null) {
            io.error("`" + code.name() + "` (" + code.title() + ") has no page in this version", null);
            return io.verdict(Cli.NEGATIVE);
        }
        return io.verdict(Cli.OK);
    }

    private static Code code(String written) {
        String wanted = written.toUpperCase(Locale.ROOT);
        List<String> names = new ArrayList<>();
        for (Code code : Code.values()) {
            if (code.name().equals(wanted)) {
                return code;
            }
            names.add(code.name());
        }
        String nearest = Suggestions.nearest(wanted, names);
        throw new UsageException(
                "there is no code `" + written + "`",
                nearest == null ? "`gert explain` lists the codes" : "did you mean `" + nearest + "`?");
    }

    private static @Nullable String packed(Code code) {
        try (InputStream page = ExplainCommand.class.getResourceAsStream("/dev/gert/codes/" + code.name() + ".md")) {
            return page == null ? null : new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
