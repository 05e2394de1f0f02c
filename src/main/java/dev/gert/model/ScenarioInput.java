package dev.gert.model;

import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;

/** An entry of a scenario's {@code inputs.yaml}; every value is text. */
public record ScenarioInput(YamlNode.Scalar name, String value, Span valueSpan) {}
