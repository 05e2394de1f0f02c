package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One of the things a command's program is: what the runbook wrote, the file found for it, that
 * file after all links. Denied if one of them is; allowed only if each of them is.
 *
 * @param what for messages: {@code its name as written}
 * @param spelled the name or path
 * @param name the last segment of the path
 * @param known the spellings that may allow: the name, the name without an ending, the whole path
 * @param suspect the spellings that deny: also without trailing dots and spaces, further endings, and
 *     cut at backslashes
 */
record View(String what, String spelled, String name, List<String> known, List<String> suspect) {
    private static final String[] ENDINGS = {".exe", ".cmd", ".bat", ".ps1"};

    static View of(String what, String spelled) {
        boolean open = Glob.open(spelled);
        String name = open ? String.valueOf(Glob.OPEN) : spelled.substring(spelled.lastIndexOf('/') + 1);
        List<String> known = new ArrayList<>();
        List<String> suspect = new ArrayList<>();
        add(known, name);
        add(known, withoutEnding(name));
        names(spelled, suspect);
        if (open) {
            add(suspect, name);
        }
        if (spelled.indexOf('/') >= 0) {
            add(known, spelled);
            add(known, withoutDot(spelled));
            add(suspect, spelled);
            add(suspect, withoutDot(spelled));
            add(suspect, withoutEnding(spelled));
        }
        return new View(what, spelled, name, known, suspect);
    }

    /** {@code ./tools/x} is {@code tools/x}. */
    static String withoutDot(String path) {
        return path.startsWith("./") ? path.substring(2) : path;
    }

    /** This view, with one more spelling that may allow it. */
    View alsoKnownAs(String path) {
        List<String> more = new ArrayList<>(known);
        add(more, path);
        return new View(what, spelled, name, more, suspect);
    }

    /** Every name that a careful reader may see in a word: the last segment, trimmed, its endings cut one by one. */
    static void names(String word, List<String> into) {
        String name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
        while (!name.isEmpty()) {
            add(into, name);
            String trimmed = trimmed(name);
            String cut = withoutEnding(trimmed);
            add(into, trimmed);
            if (cut.equals(name)) {
                return;
            }
            name = cut;
        }
    }

    private static String trimmed(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || Words.blank(name.charAt(end - 1)))) {
            end--;
        }
        int start = 0;
        while (start < end && Words.blank(name.charAt(start))) {
            start++;
        }
        return name.substring(start, end);
    }

    static String withoutEnding(String name) {
        if (name.length() > 4) {
            String end = name.substring(name.length() - 4).toLowerCase(Locale.ROOT);
            for (String ending : ENDINGS) {
                if (end.equals(ending)) {
                    return name.substring(0, name.length() - 4);
                }
            }
        }
        return name;
    }

    private static void add(List<String> list, String text) {
        if (!text.isEmpty() && !list.contains(text)) {
            list.add(text);
        }
    }
}
