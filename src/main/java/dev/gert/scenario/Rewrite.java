package dev.gert.scenario;

import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has to change in a file for a test to expect what came, and what of it can't be changed so. */
final class Rewrite {
    private final FileEdits edits;
    private final String test;
    private final YamlNode.Mapping expectations;
    private final List<String> left = new ArrayList<>();

    /** {@code expectations}: the map whose keys say what is expected. */
    Rewrite(Source source, String test, YamlNode.Mapping expectations) {
        this.edits = new FileEdits(source);
        this.test = test;
        this.expectations = expectations;
    }

    FileEdits edits() {
        return edits;
    }

    /** The keys that stay as they are although they do not hold, each with why. */
    List<String> left() {
        return left;
    }

    @Nullable
    YamlNode value(String key) {
        return expectations.get(key);
    }

    void leave(String key, String why) {
        left.add("`" + key + "` of " + test + ": " + why);
    }

    /** One text; null, or one that may not be shown: the expectation stays. */
    void text(String key, @Nullable String came, String without) {
        if (!(expectations.get(key) instanceof YamlNode.Scalar old)) {
            return;
        }
        if (came == null || came.isEmpty()) {
            leave(key, without);
        } else if (!came.equals(old.text())) {
            edits.scalar(old, came);
        }
    }

    /** A list of texts. */
    void list(String key, List<String> came) {
        YamlNode.Entry entry = expectations.entry(key);
        if (entry == null || !(entry.value() instanceof YamlNode.Sequence old)) {
            return;
        }
        List<String> then = new ArrayList<>();
        for (YamlNode item : old.items()) {
            then.add(item instanceof YamlNode.Scalar scalar ? scalar.text() : "");
        }
        if (!then.equals(came) && !edits.list(entry.key(), old, came)) {
            leave(key, "its list holds comments");
        }
    }

    /** Without the items that do not hold; where none would be left, the expectation stays. */
    void without(String key, List<String> wrong) {
        if (wrong.isEmpty()) {
            return;
        }
        if (!(expectations.get(key) instanceof YamlNode.Sequence old)) {
            leave(key, "nothing else holds in its place");
            return;
        }
        List<String> right = new ArrayList<>();
        for (YamlNode item : old.items()) {
            if (item instanceof YamlNode.Scalar scalar && !wrong.contains(scalar.text())) {
                right.add(scalar.text());
            }
        }
        if (right.isEmpty()) {
            leave(key, "none of its items holds");
        } else {
            list(key, right);
        }
    }
}
