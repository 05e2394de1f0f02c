package dev.gert.model;

import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;

/**
 * A {@code provider/v0}: a program that answers inputs (formats-dialect.md).
 *
 * @param binary {@code transport.binary}, else {@code meta.binary}
 */
public record ProviderFile(
        Source source,
        YamlNode.Scalar name,
        String version,
        String description,
        YamlNode.Scalar binary,
        Transport transport,
        InputResolution resolves) {}
