package dev.gert.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code docs/architecture.puml} says besides its arrows' existence, which ArchUnit reads by itself: the order in
 * which packages are declared, and which of them stand in the frame of the pure ones.
 *
 * @param packages every declared package, in the picture's order
 * @param pure those in the frame whose title begins with "pure"
 * @param arrows importer and imported
 */
record Picture(List<String> packages, List<String> pure, List<Arrow> arrows) {
    static final Path FILE = Path.of("docs", "architecture.puml");

    private static final Pattern COMPONENT = Pattern.compile("\\s*\\[([^]]+)] <<([^>]+)>>");
    private static final Pattern ARROW = Pattern.compile("\\[([^]]+)] --> \\[([^]]+)]");

    record Arrow(String from, String to) {}

    static Picture read() throws IOException {
        List<String> packages = new ArrayList<>();
        List<String> pure = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        boolean inPure = false;
        for (String line : Files.readAllLines(FILE)) {
            Matcher component = COMPONENT.matcher(line);
            Matcher arrow = ARROW.matcher(line);
            if (line.startsWith("rectangle ")) {
                inPure = line.startsWith("rectangle \"pure");
            } else if (component.matches()) {
                packages.add(component.group(2));
                if (inPure) {
                    pure.add(component.group(2));
                }
            } else if (arrow.matches()) {
                arrows.add(new Arrow("dev.gert." + arrow.group(1), "dev.gert." + arrow.group(2)));
            }
        }
        return new Picture(List.copyOf(packages), List.copyOf(pure), List.copyOf(arrows));
    }
}
