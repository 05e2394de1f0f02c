package dev.gert.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workflow command as GitHub's runner reads it from a line of output. */
public record GithubCommand(String name, Map<String, String> properties, String message) {
    /** The commands of an output; every line must be one. */
    public static List<GithubCommand> readAll(String output) {
        List<GithubCommand> commands = new ArrayList<>();
        for (String line : output.split("\n")) {
            commands.add(read(line));
        }
        return commands;
    }

    static GithubCommand read(String line) {
        if (!line.startsWith("::")) {
            throw new AssertionError("not a command: " + line);
        }
        int end = line.indexOf("::", 2);
        String head = line.substring(2, end);
        int space = head.indexOf(' ');
        Map<String, String> properties = new LinkedHashMap<>();
        for (String property : head.substring(space + 1).split(",")) {
            int equals = property.indexOf('=');
            String value = property.substring(equals + 1);
            String before = properties.put(
                    property.substring(0, equals),
                    unescaped(value.replace("%3A", ":").replace("%2C", ",")));
            if (before != null) {
                throw new AssertionError("twice: " + property);
            }
        }
        return new GithubCommand(head.substring(0, space), properties, unescaped(line.substring(end + 2)));
    }

    private static String unescaped(String text) {
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    }
}
