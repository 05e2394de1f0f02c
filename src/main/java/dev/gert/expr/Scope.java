package dev.gert.expr;

/** What names mean while a template or condition is evaluated. */
@FunctionalInterface
public interface Scope {
    Lookup find(String name);

    /** Whether the name's value is a secret, or holds one: what is made of it is one, too. */
    default boolean isSecret(String name) {
        return false;
    }
}
