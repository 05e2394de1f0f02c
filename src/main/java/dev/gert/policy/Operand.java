package dev.gert.policy;

/** A file that a command's word names, as it was when people were asked: {@code path} absolute, behind all links. */
public record Operand(String word, String path, String sha256) {}
