package dev.gert.yaml;

import dev.gert.source.Position;
import dev.gert.source.Span;

/** A tree of nodes as lines: place from-to, kind, text. */
final class NodeDump {
    private NodeDump() {}

    static String of(YamlNode node) {
        StringBuilder out = new StringBuilder();
        write(node, "", out);
        return out.toString();
    }

    private static void write(YamlNode node, String indent, StringBuilder out) {
        out.append(indent).append(place(node.span())).append(' ');
        if (node instanceof YamlNode.Scalar scalar) {
            String text = scalar.text().replace("\n", "\\n").replace("\t", "\\t");
            out.append(scalar.kind()).append(" [").append(text).append(']');
            out.append(scalar.plain() ? " plain" : "");
            out.append(scalar.contentStart() < 0 ? " folded" : "").append('\n');
        } else if (node instanceof YamlNode.Sequence sequence) {
            out.append("list\n");
            for (YamlNode item : sequence.items()) {
                write(item, indent + "  ", out);
            }
        } else if (node instanceof YamlNode.Mapping mapping) {
            out.append("map\n");
            for (YamlNode.Entry entry : mapping.entries()) {
                write(entry.key(), indent + "  ", out);
                write(entry.value(), indent + "    ", out);
            }
        }
    }

    private static String place(Span span) {
        Position from = span.position();
        Position to = span.endPosition();
        return from.line() + ":" + from.column() + "-" + to.line() + ":" + to.column();
    }
}
