package dev.gert.runtime;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What children get of the environment (formats.md, section 6): the operator's variables that are on
 * the list, with their bytes unchanged, then {@code PATH}, {@code TRACEPARENT} and what the step sets.
 */
public final class ChildEnvironment {
    /** The built-in list; {@code *} at the end of a name stands for any rest. */
    public static final List<String> NAMES = List.of("HOME", "LANG", "LC_*", "TZ", "USER", "TERM");

    /** Tells a child where it stands in the trace; that of an attempt is no other's. */
    static final String TRACEPARENT = "TRACEPARENT";

    private static final String LC_ALL = "LC_ALL";
    private static final String ORIGINAL = "GERT_ORIGINAL_LC_ALL";
    private static final String ORIGINAL_UNSET = "GERT_ORIGINAL_LC_ALL_UNSET";
    private static final String RESERVED_PREFIX = "_gert";
    private static final List<String> RESERVED = List.of(
            "PATH",
            "ENV",
            "BASH_ENV",
            "IFS",
            "PWD",
            "OLDPWD",
            "PPID",
            "OPTIND",
            "LINENO",
            "SHLVL",
            "_",
            "SHELLOPTS",
            "BASHOPTS",
            "POSIXLY_CORRECT",
            "PS4",
            "GLIBC_TUNABLES");
    private static final List<String> RESERVED_PREFIXES = List.of("LD_", "DYLD_", "BASH_FUNC_", RESERVED_PREFIX);

    private final List<String> names;
    private final String commandPath;
    private final Predicate<String> withheld;

    /**
     * @param names which of the operator's variables children get
     * @param commandPath their {@code PATH}
     * @param withheld the variables that no child gets, whoever sets them ({@code deny_env_vars})
     */
    public ChildEnvironment(List<String> names, String commandPath, Predicate<String> withheld) {
        this.names = List.copyOf(names);
        this.commandPath = commandPath;
        this.withheld = withheld;
    }

    /**
     * Why a step can't set these variables, or null. Policy has its own list; these are the names that
     * would reach the shell that holds the child back, or that it could not hand on unchanged.
     */
    static @Nullable String problem(Map<String, String> step) {
        for (String name : step.keySet()) {
            if (!isIdentifier(name)) {
                return "`" + name + "` is not a name that an environment variable can have";
            }
            if (isReserved(name)) {
                return "the environment variable `" + name + "` can't be set for a step";
            }
        }
        return null;
    }

    /** Turns the operator's environment, as a process builder holds it, into a child's. */
    void apply(Map<String, String> environment, @Nullable String traceparent, Map<String, String> step) {
        String original = environment.get(ORIGINAL);
        boolean wasUnset = environment.containsKey(ORIGINAL_UNSET);
        Iterator<String> present = environment.keySet().iterator();
        while (present.hasNext()) {
            if (!isListed(present.next())) {
                present.remove();
            }
        }
        if (isListed(LC_ALL)) {
            if (wasUnset) {
                environment.remove(LC_ALL);
            } else if (original != null) {
                environment.put(LC_ALL, original);
            }
        }
        environment.put("PATH", commandPath);
        environment.remove(TRACEPARENT);
        if (traceparent != null) {
            environment.put(TRACEPARENT, traceparent);
        }
        environment.putAll(step);
        environment.keySet().removeIf(withheld);
    }

    private boolean isListed(String name) {
        for (String listed : names) {
            if (listed.endsWith("*")
                    ? name.startsWith(listed.substring(0, listed.length() - 1))
                    : name.equals(listed)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReserved(String name) {
        if (RESERVED.contains(name)) {
            return true;
        }
        for (String prefix : RESERVED_PREFIXES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIdentifier(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
