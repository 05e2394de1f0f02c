package dev.gert.yaml;

import org.jspecify.annotations.Nullable;

/** What an anchor names; the node is null while it is still being read. */
record Anchored(@Nullable YamlNode node, int size, int height) {}
