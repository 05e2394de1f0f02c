package dev.gert.expr;

/** What names mean while a template or condition is evaluated. */
@FunctionalInterface
public interface Scope {
    Lookup find(String name);
}
