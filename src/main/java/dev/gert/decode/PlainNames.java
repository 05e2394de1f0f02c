package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.yaml.YamlNode;

/** Names of tools, actions, providers and imports: as {@link Names}, with {@code -} and {@code .} inside. */
final class PlainNames {
    private PlainNames() {}

    static boolean check(String what, YamlNode.Scalar name, Diagnostics diagnostics) {
        if (isName(name.text())) {
            return true;
        }
        diagnostics.error(
                Code.R202,
                name.span(),
                "`" + name.text() + "` is not a valid " + what,
                "",
                "use letters, digits, `_`, `-` and `.`, with a letter or digit first");
        return false;
    }

    static boolean isName(String text) {
        if (text.isEmpty() || text.length() > 200) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && (i == 0 || c != '_' && c != '-' && c != '.')) {
                return false;
            }
        }
        return true;
    }
}
