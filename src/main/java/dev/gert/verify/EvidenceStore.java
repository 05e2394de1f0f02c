package dev.gert.verify;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps a run's bundle where nobody who ran it can change it any more. */
public interface EvidenceStore {
    /**
     * What is to be kept, and how.
     *
     * @param place {@code s3://bucket/prefix/name}
     * @param sha256 of the bundle, in hex
     * @param tags by which it is found
     * @param lock {@code governance} or {@code compliance}; null: no lock
     * @param keepDays how long the lock holds
     */
    record Parcel(
            Path bundle,
            String place,
            String sha256,
            Map<String, String> tags,
            @Nullable String lock,
            int keepDays) {
        public Parcel {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * Returns whether it is new there; what is there already under that name is never replaced, and is no failure
     * when it is the same.
     */
    boolean keep(Parcel parcel) throws UnkeptException;

    /** Why it is not kept, as the end of a sentence, and what to do. */
    final class UnkeptException extends Exception {
        private static final long serialVersionUID = 1;
        private final String help;

        public UnkeptException(String reason, String help) {
            super(reason);
            this.help = help;
        }

        public String help() {
            return help;
        }
    }
}
