package dev.gert.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of cases: {@code ##### name} and switches ({@code aliases=N}, {@code nodes}), the input,
 * {@code ##### gives}, the exact output. In the input {@code <U+85>} is a character and
 * {@code <0xFF>} a byte.
 */
record YamlCaseFile(Path path, List<YamlCase> cases) {
    private static final String MARK = "##### ";
    private static final String GIVES = "##### gives\n";

    record YamlCase(String name, String head, String input, String output) {
        int aliases() {
            int at = head.indexOf("aliases=");
            return at < 0 ? 0 : Integer.parseInt(head.substring(at + 8).split(" ", -1)[0]);
        }

        boolean nodes() {
            return head.endsWith(" nodes");
        }
    }

    static YamlCaseFile load(Path path) throws IOException {
        List<YamlCase> cases = new ArrayList<>();
        String text = Files.readString(path);
        int at = text.indexOf(MARK);
        while (at >= 0) {
            int headEnd = text.indexOf('\n', at);
            int gives = text.indexOf(GIVES, headEnd);
            int next = text.indexOf(MARK, gives + GIVES.length());
            String head = text.substring(at + MARK.length(), headEnd);
            String output = text.substring(gives + GIVES.length(), next < 0 ? text.length() : next);
            String name = head.contains(" ") ? head.substring(0, head.indexOf(' ')) : head;
            cases.add(new YamlCase(name, head, text.substring(headEnd + 1, gives), output));
            at = next;
        }
        return new YamlCaseFile(path, cases);
    }

    void save(List<String> outputs) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cases.size(); i++) {
            YamlCase one = cases.get(i);
            text.append(MARK).append(one.head()).append('\n').append(one.input());
            text.append(GIVES).append(outputs.get(i));
        }
        Files.writeString(path, text);
    }
}
