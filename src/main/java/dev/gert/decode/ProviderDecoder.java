package dev.gert.decode;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.InputResolution;
import dev.gert.model.ProviderFile;
import dev.gert.model.Transport;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import org.jspecify.annotations.Nullable;

/** {@code provider/v0} (formats-dialect.md). */
public final class ProviderDecoder {
    private static final int ALIASES = 50;

    private ProviderDecoder() {}

    /** The provider; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable ProviderFile decode(Source source, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        YamlNode root = YamlReader.read(source, ALIASES, own);
        Fields fields = root == null ? null : Fields.of(root, "a provider", own);
        ProviderFile provider = fields == null ? null : document(source, fields, own);
        diagnostics.addAll(own);
        return own.hasErrors() ? null : provider;
    }

    private static @Nullable ProviderFile document(Source source, Fields fields, Diagnostics diagnostics) {
        Documents.apiVersion(fields, diagnostics, "provider/v0");
        ServerDecoder server = new ServerDecoder("a provider", diagnostics);
        ServerDecoder.Head head = server.head(fields);
        ServerDecoder.Way way = server.way(fields, Transport.Mode.JSONRPC);
        InputResolution resolves = server.resolves(fields, true);
        fields.done();
        if (head == null || resolves == null) {
            return null;
        }
        YamlNode.Scalar binary = way.binary() == null ? head.binary() : way.binary();
        return new ProviderFile(
                source, head.name(), head.version(), head.description(), binary, way.transport(), resolves);
    }
}
