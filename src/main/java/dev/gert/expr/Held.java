package dev.gert.expr;

/** An answer that a term gives, and the position of the condition it comes from; below 0: the one in question. */
record Held(Question question, boolean wanted, int origin) {}
