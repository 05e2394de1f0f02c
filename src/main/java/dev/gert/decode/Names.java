package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.yaml.YamlNode;

/** Names that authors choose: letters, digits and `_`, a letter first. */
final class Names {
    private Names() {}

    static boolean check(String what, YamlNode.Scalar name, Diagnostics diagnostics) {
        if (isName(name.text(), false)) {
            return true;
        }
        String odd = Letters.oddOneIn(name.text());
        diagnostics.error(
                Code.R202,
                name.span(),
                name.text().isEmpty()
                        ? "a " + what + " may not be empty"
                        : "`" + name.text() + "` is not a valid " + what,
                "",
                "use letters, digits and `_`, with a letter first" + (odd == null ? "" : "; " + odd));
        return false;
    }

    /** Names of environment variables may begin with {@code _}. */
    static boolean isName(String text, boolean underscoreFirst) {
        if (text.isEmpty() || text.length() > 200) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c == '_' && (i > 0 || underscoreFirst));
            if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }
}
