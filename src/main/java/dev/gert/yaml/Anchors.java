package dev.gert.yaml;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Span;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The anchors of a document, what they name, and how much of it aliases may bring in again. */
final class Anchors {
    /** Nodes that all aliases of a document may add to it together: a bomb is not built, nor walked later. */
    private static final int MAX_EXPANDED = 50_000;

    private final Map<String, Anchored> named = new HashMap<>();

    /** Those of scalars that no alias has used yet, in the order of the file. */
    private final Map<String, Span> unused = new LinkedHashMap<>();

    private boolean broken;

    private final int maxAliases;
    private final Diagnostics diagnostics;
    private int aliases;
    private int expanded;

    Anchors(int maxAliases, Diagnostics diagnostics) {
        this.maxAliases = maxAliases;
        this.diagnostics = diagnostics;
    }

    /** An anchor stands at {@code place}; what it names is not known yet. */
    void begin(String name, Span place) {
        if (maxAliases == 0) {
            diagnostics.error(
                    Code.Y109,
                    place,
                    "the anchor `&" + name + "` is not allowed in this kind of file",
                    "",
                    "write the value out; text that begins with `&` needs quotes");
        }
        named.put(name, new Anchored(null, 0, 0));
        Span earlier = unused.remove(name);
        if (earlier != null) {
            useless(name, earlier);
        }
    }

    /** The document is read: an anchor that nothing uses is most often text that lost its first word. */
    void done() {
        for (Map.Entry<String, Span> anchor : unused.entrySet()) {
            useless(anchor.getKey(), anchor.getValue());
        }
    }

    private void useless(String name, Span place) {
        if (maxAliases > 0 && !broken) {
            diagnostics.warning(
                    Code.Y109,
                    place,
                    "no alias uses the anchor `&" + name + "`",
                    "delete it; text that begins with `&` needs quotes");
        }
    }

    void end(String name, YamlNode node, Span place, int size, int height) {
        if (node instanceof YamlNode.Scalar) {
            unused.put(name, place);
        }
        named.put(name, new Anchored(node, size, height));
    }

    /** What the alias stands for, null where that can't be had; every problem is reported. */
    @Nullable
    Anchored resolve(String name, Span place) {
        aliases++;
        if (maxAliases == 0) {
            diagnostics.error(
                    Code.Y109,
                    place,
                    "the alias `*" + name + "` is not allowed in this kind of file",
                    "",
                    "write the value out; text that begins with `*` needs quotes");
        } else if (aliases == maxAliases + 1) {
            diagnostics.error(
                    Code.Y109, place, "more than " + maxAliases + " aliases", "", "write some of the values out");
        }
        Anchored target = named.get(name);
        unused.remove(name);
        if (target == null) {
            // where anchors are refused, the alias is an error already
            if (maxAliases > 0) {
                diagnostics.error(
                        Code.Y109,
                        place,
                        "the alias `*" + name + "` has no anchor `&" + name + "` before it",
                        "",
                        "text that begins with `*` needs quotes");
            }
            broken = true;
            return null;
        }
        if (target.node() == null) {
            diagnostics.error(Code.Y109, place, "the alias `*" + name + "` stands inside what it names");
            return null;
        }
        return expand(target, place);
    }

    private @Nullable Anchored expand(Anchored target, Span place) {
        boolean before = expanded > MAX_EXPANDED;
        expanded = Math.min(expanded + target.size(), 2 * MAX_EXPANDED);
        if (expanded <= MAX_EXPANDED) {
            return target;
        }
        if (!before) {
            diagnostics.error(Code.Y109, place, "the aliases of this file add more than 50,000 nodes to it");
        }
        return null;
    }
}
