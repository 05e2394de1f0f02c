package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.source.Source;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticGithubTest {
    private static final Source SOURCE = Source.of("a b,c.yaml", "a: \ud83d\ude00 b\nc: d\n");

    @Test
    void aCommandForEach() {
        Diagnostic one = new Diagnostic(
                Code.Y104,
                Severity.ERROR,
                "unknown key `100%`",
                new Label(SOURCE.span(6, 7), "did you mean `b`?"),
                List.of(),
                "see, there: here");
        Diagnostic lines = new Diagnostic(
                Code.Y101, Severity.ERROR, "not closed", new Label(SOURCE.span(3, 9), ""), List.of(), null);
        Diagnostic none = new Diagnostic(Code.S007, Severity.WARNING, "never used", null, List.of(), null);
        assertThat(DiagnosticGithub.render(List.of(one, lines, none)))
                .isEqualTo("::error file=a b%2Cc.yaml,line=1,col=6,endColumn=7,title=Y104%3A unknown key::"
                        + "unknown key `100%25`%0Adid you mean `b`?%0Ahelp: see, there: here\n"
                        + "::error file=a b%2Cc.yaml,line=1,endLine=2,title=Y101%3A not valid YAML::not closed\n"
                        + "::warning title=S007%3A a recording that was never used::never used\n");
    }

    @Test
    void whatGithubReadsIsWhatWasMeant() {
        List<Diagnostic> findings = Hostile.findings();
        String text = DiagnosticGithub.render(findings);
        assertThat(text).doesNotContain("\r", "\u001b", "\u202e");
        List<GithubCommand> commands = GithubCommand.readAll(text);
        assertThat(commands).hasSize(findings.size());
        for (int i = 0; i < commands.size(); i++) {
            Diagnostic finding = findings.get(i);
            GithubCommand command = commands.get(i);
            assertThat(command.name()).isEqualTo(finding.severity().word());
            assertThat(command.properties().get("title"))
                    .isEqualTo(finding.code().name() + ": " + finding.code().title());
            List<String> said = new ArrayList<>();
            for (String line : Wording.lines(finding)) {
                said.add(SafeLine.of(line, true));
            }
            for (Label other : finding.others()) {
                said.add(SafeLine.of(other.span().place() + ": " + other.text(), true));
            }
            assertThat(command.message().split("\n")).containsExactlyElementsOf(said);
            Label primary = finding.primary();
            if (primary == null) {
                assertThat(command.properties()).containsOnlyKeys("title");
            } else if (primary.span().source().name().matches("[^\\p{Cntrl}\\p{Cf}\\p{Cs}]*|two\nlines\r.yaml")) {
                assertThat(command.properties())
                        .containsEntry("file", primary.span().source().name());
            }
        }
    }
}
