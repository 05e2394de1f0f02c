package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Roster;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may decide, and through which folder: as the outermost layer says (formats.md, section 3). A layer
 * further in that named others would widen what one further out says.
 */
final class Rosters {
    private final PolicyFiles files;
    private final Map<Path, Roster> read = new HashMap<>();

    /** {@code files}: where the layers were read, and rosters are. */
    Rosters(PolicyFiles files) {
        this.files = files;
    }

    /** The policy with its people; null, with diagnostics, where they can't be told. */
    @Nullable
    Policy of(Policy policy, Diagnostics diagnostics) {
        PolicyLayer outermost = policy.layers().get(0);
        Path roster = path(outermost, outermost.roster(), diagnostics);
        Path exchange = path(outermost, outermost.exchange(), diagnostics);
        boolean whole =
                (roster != null || outermost.roster() == null) && (exchange != null || outermost.exchange() == null);
        for (PolicyLayer layer : policy.layers()) {
            whole &= same(layer, "roster", layer.roster(), roster, outermost, diagnostics);
            whole &= same(layer, "exchange", layer.exchange(), exchange, outermost, diagnostics);
        }
        if (!whole) {
            return null;
        }
        Roster people = roster == null ? null : read(roster, diagnostics);
        return roster != null && people == null
                ? null
                : policy.among(people, exchange == null ? null : exchange.toString());
    }

    private boolean same(
            PolicyLayer layer,
            String key,
            YamlNode.@Nullable Scalar written,
            @Nullable Path then,
            PolicyLayer outermost,
            Diagnostics diagnostics) {
        if (written == null) {
            return true;
        }
        Path path = path(layer, written, diagnostics);
        if (path != null && path.equals(then)) {
            return true;
        }
        if (path != null) {
            diagnostics.error(
                    Code.P012,
                    written.span(),
                    "`" + key + "` is not that of " + outermost.file() + ", which is further out",
                    "",
                    "only the outermost policy says who may decide, or one further in could widen it: move it there");
        }
        return false;
    }

    private @Nullable Path path(PolicyLayer layer, YamlNode.@Nullable Scalar written, Diagnostics diagnostics) {
        if (written == null) {
            return null;
        }
        try {
            Path folder = files.path(layer.file()).getParent();
            return folder == null ? null : folder.resolve(written.text()).normalize();
        } catch (InvalidPathException e) {
            diagnostics.error(Code.P012, written.span(), "this can't be a path here", "", null);
            return null;
        }
    }

    private @Nullable Roster read(Path file, Diagnostics diagnostics) {
        Roster known = read.get(file);
        if (known == null) {
            Source source = files.read(file, diagnostics);
            known = source == null ? null : Roster.read(source, diagnostics);
            if (known != null) {
                read.put(file, known);
            }
        }
        return known;
    }
}
