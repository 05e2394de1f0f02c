package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An AWS API's operation as IAM writes it (formats.md, section 3): {@code cloudwatchlogs} is {@code logs} there. */
final class AwsActions {
    private AwsActions() {}

    /** Every action that the operation needs; in both names open parts are {@link Glob#OPEN}. */
    static List<String> of(String service, String operation) {
        Map<String, String> known = BuiltInLists.aws();
        String written = Glob.fold(service);
        String prefix = known.getOrDefault(written, service);
        // the command line calls the API of S3 otherwise than the API does
        String others = of(known, written, operation);
        others = others == null && written.equals("s3") ? of(known, "s3api", operation) : others;
        return others == null ? List.of(prefix + ":" + operation) : new ArrayList<>(BuiltInLists.words(others));
    }

    private static @Nullable String of(Map<String, String> known, String service, String operation) {
        String wanted = Glob.fold(operation);
        for (Map.Entry<String, String> entry : known.entrySet()) {
            String key = entry.getKey();
            boolean same = key.length() > service.length()
                    && key.startsWith(service)
                    && key.charAt(service.length()) == ' '
                    && key.substring(service.length() + 1).replace("-", "").equals(wanted);
            if (same) {
                return entry.getValue();
            }
        }
        return null;
    }
}
