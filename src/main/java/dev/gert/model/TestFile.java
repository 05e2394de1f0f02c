package dev.gert.model;

import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import java.util.List;

/** A {@code *.test.yaml} (formats.md, section 4). {@code runbook} is relative to the file. */
public record TestFile(Source source, YamlNode.Scalar runbook, List<UnitTest> tests) {
    public TestFile {
        tests = List.copyOf(tests);
    }
}
