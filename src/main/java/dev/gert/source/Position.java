package dev.gert.source;

/** A line and a column, both from 1; columns count code points. */
public record Position(int line, int column) {}
