package dev.gert.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

/** Damage to files of YAML, in their bytes, their words, their lines or their tree. */
final class Mutation {
    private static final String[] SCRAPS = {
        "{{",
        "}}",
        "\"",
        "'",
        ": ",
        "- ",
        "\n",
        "\t",
        "&a ",
        "*a",
        "!!str ",
        "<<: ",
        "|",
        ">",
        "[",
        "]",
        "{",
        "}",
        "#",
        "\u0000",
        "\ud83d\ude00",
        "\u0085",
        "~",
        "null",
        "1e99999",
        "(((((",
        "and",
        "==",
        "$.a[",
        "---\n",
        "?",
        "%",
        "\\",
        "\u202e",
        "\ufeff",
        "\r",
        "{{ .a | default \"x\" }}",
        "x == \"1\" and not y",
        "-1",
        "010",
        "1.10",
        "99999999999999999999",
        "0s",
        "10m",
        "true",
        "no",
        "[]",
        "{}",
        "\"\"",
        "a[0].b",
        "*",
        "rm -rf *",
        "../.."
    };

    private final List<byte[]> originals;
    private final List<Object> trees;
    private final Random random;

    Mutation(List<byte[]> originals, List<Object> trees, Random random) {
        this.originals = originals;
        this.trees = trees;
        this.random = random;
    }

    /** The tree of a file; null where it has none. */
    static Object tree(byte[] text) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            // A tree that holds itself can't be gone through.
            options.setMaxAliasesForCollections(0);
            return new Yaml(options).load(new String(text, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** One of the originals, damaged up to three times. */
    byte[] next() {
        if (random.nextInt(4) == 0) {
            Object tree = changed(trees.get(random.nextInt(trees.size())), 0);
            for (int i = random.nextInt(3); i > 0; i--) {
                tree = changed(tree, 0);
            }
            try {
                return new Yaml().dump(tree).getBytes(StandardCharsets.UTF_8);
            } catch (YAMLException e) {
                // A text that was cut in the middle of a pair can't be written as YAML: it is damaged below.
            }
        }
        byte[] text = originals.get(random.nextInt(originals.size()));
        for (int i = random.nextInt(3); i >= 0; i--) {
            text = switch (random.nextInt(3)) {
                case 0 -> bytes(text);
                case 1 -> words(text);
                default -> lines(text);
            };
        }
        return text;
    }

    private byte[] bytes(byte[] text) {
        int at = random.nextInt(text.length + 1);
        int end = Math.min(text.length, at + random.nextInt(40));
        byte[] put = switch (random.nextInt(5)) {
            case 0 -> new byte[0];
            case 1 -> scrap().getBytes(StandardCharsets.UTF_8);
            case 2 -> new byte[] {(byte) random.nextInt(256)};
            case 3 -> Arrays.copyOfRange(text, at, end);
            default -> piece(originals.get(random.nextInt(originals.size())));
        };
        boolean replaces = random.nextBoolean();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, at);
        out.writeBytes(put);
        int rest = replaces ? end : at;
        out.write(text, rest, text.length - rest);
        return out.size() == 0 ? new byte[] {'x'} : out.toByteArray();
    }

    private byte[] piece(byte[] of) {
        int from = random.nextInt(of.length);
        return Arrays.copyOfRange(of, from, Math.min(of.length, from + random.nextInt(80)));
    }

    private String scrap() {
        return SCRAPS[random.nextInt(SCRAPS.length)];
    }

    /** Replaces, removes, doubles or exchanges a word. */
    private byte[] words(byte[] text) {
        List<String> words = cut(new String(text, StandardCharsets.UTF_8));
        int at = random.nextInt(words.size());
        int other = random.nextInt(words.size());
        switch (random.nextInt(5)) {
            case 0 -> words.set(at, scrap());
            case 1 -> words.remove(at);
            case 2 -> words.add(at, words.get(other));
            case 3 -> words.set(at, words.set(other, words.get(at)));
            default -> {
                List<String> others = cut(new String(any(), StandardCharsets.UTF_8));
                words.set(at, others.get(random.nextInt(others.size())));
            }
        }
        return bytesOf(String.join("", words));
    }

    private byte[] any() {
        return originals.get(random.nextInt(originals.size()));
    }

    private static byte[] bytesOf(String text) {
        return text.isEmpty() ? new byte[] {'x'} : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Words of letters and digits, and each other character by itself. */
    private static List<String> cut(String text) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_');
            if (!inside) {
                if (i > from) {
                    words.add(text.substring(from, i));
                }
                if (i < text.length()) {
                    words.add(text.substring(i, i + 1));
                }
                from = i + 1;
            }
        }
        if (words.isEmpty()) {
            words.add("x");
        }
        return words;
    }

    /** Removes, doubles, moves, indents a line, or brings one of another file. */
    private byte[] lines(byte[] text) {
        List<String> lines = new ArrayList<>(Arrays.asList(new String(text, StandardCharsets.UTF_8).split("\n", -1)));
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(6)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
            case 3 -> lines.set(at, "  " + line);
            case 4 -> lines.set(at, line.startsWith("  ") ? line.substring(2) : line.strip());
            default -> {
                String[] others = new String(any(), StandardCharsets.UTF_8).split("\n", -1);
                lines.add(at, others[random.nextInt(others.length)]);
            }
        }
        return bytesOf(String.join("\n", lines));
    }

    /** A copy of a tree with a change in one place. */
    private Object changed(Object tree, int depth) {
        boolean here = random.nextInt(6) == 0 || depth > 8;
        if (!here && tree instanceof Map<?, ?> map && !map.isEmpty()) {
            return changedMap(map, depth);
        }
        if (!here && tree instanceof List<?> list && !list.isEmpty()) {
            List<Object> copy = new ArrayList<>(list);
            int at = random.nextInt(copy.size());
            switch (random.nextInt(8)) {
                case 0 -> copy.remove(at);
                case 1 -> copy.add(copy.get(at));
                case 2 -> copy.add(at, part(trees.get(random.nextInt(trees.size()))));
                default -> copy.set(at, changed(copy.get(at), depth + 1));
            }
            return copy;
        }
        return switch (random.nextInt(6)) {
            case 0 -> List.of(tree == null ? "" : tree);
            case 1 -> Map.of(scrap(), tree == null ? "" : tree);
            case 2 -> random.nextInt();
            case 3 -> part(trees.get(random.nextInt(trees.size())));
            case 4 -> tree + scrap();
            default -> scrap();
        };
    }

    private Object changedMap(Map<?, ?> map, int depth) {
        List<Object> keys = new ArrayList<>(map.keySet());
        Object key = keys.get(random.nextInt(keys.size()));
        int what = random.nextInt(10);
        Map<Object, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() != key) {
                copy.put(entry.getKey(), entry.getValue());
            } else if (what == 1) {
                copy.put(keys.get(random.nextInt(keys.size())) + (random.nextBoolean() ? "" : "s"), entry.getValue());
            } else if (what > 1) {
                copy.put(key, changed(entry.getValue(), depth + 1));
            }
        }
        if (what == 2 && part(trees.get(random.nextInt(trees.size()))) instanceof Map<?, ?> other) {
            copy.putAll(other);
        }
        return copy;
    }

    /** Something from within a tree. */
    private Object part(Object tree) {
        Object at = tree;
        for (int i = random.nextInt(6); i > 0; i--) {
            if (at instanceof Map<?, ?> map && !map.isEmpty()) {
                at = new ArrayList<Object>(map.values()).get(random.nextInt(map.size()));
            } else if (at instanceof List<?> list && !list.isEmpty()) {
                at = list.get(random.nextInt(list.size()));
            }
        }
        return at == null ? "" : at;
    }
}
