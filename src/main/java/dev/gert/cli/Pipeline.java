package dev.gert.cli;

import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which pipeline started gert, by the variables that it sets: of each service those that lead back to the job. */
final class Pipeline {
    private static final int LONGEST = 512;

    private Pipeline() {}

    /** By the variable that says that the service is there, the names that are recorded. */
    private static Map<String, List<String>> services() {
        Map<String, List<String>> services = new LinkedHashMap<>();
        services.put(
                "GITHUB_ACTIONS",
                List.of(
                        "GITHUB_SERVER_URL",
                        "GITHUB_REPOSITORY",
                        "GITHUB_WORKFLOW",
                        "GITHUB_JOB",
                        "GITHUB_RUN_ID",
                        "GITHUB_RUN_ATTEMPT",
                        "GITHUB_REF",
                        "GITHUB_SHA",
                        "GITHUB_ACTOR"));
        services.put("GITLAB_CI", List.of("CI_JOB_URL", "CI_PIPELINE_ID", "CI_COMMIT_SHA", "GITLAB_USER_LOGIN"));
        services.put(
                "TF_BUILD",
                List.of(
                        "SYSTEM_TEAMPROJECT",
                        "BUILD_REPOSITORY_NAME",
                        "BUILD_DEFINITIONNAME",
                        "BUILD_BUILDID",
                        "BUILD_SOURCEVERSION",
                        "BUILD_REQUESTEDFOR"));
        services.put("JENKINS_URL", List.of("JOB_NAME", "BUILD_NUMBER", "BUILD_URL", "GIT_COMMIT"));
        services.put("BUILDKITE", List.of("BUILDKITE_BUILD_URL", "BUILDKITE_COMMIT", "BUILDKITE_BUILD_CREATOR"));
        services.put("CIRCLECI", List.of("CIRCLE_BUILD_URL", "CIRCLE_SHA1", "CIRCLE_USERNAME"));
        services.put(
                "BITBUCKET_BUILD_NUMBER",
                List.of("BITBUCKET_REPO_FULL_NAME", "BITBUCKET_BUILD_NUMBER", "BITBUCKET_COMMIT"));
        return services;
    }

    /** Each {@code NAME=value}; none where no pipeline is known. */
    static List<SafeText> of(UnaryOperator<@Nullable String> env, Redactor redactor) {
        List<SafeText> said = new ArrayList<>();
        for (Map.Entry<String, List<String>> service : services().entrySet()) {
            String marker = env.apply(service.getKey());
            if (marker == null || marker.isEmpty()) {
                continue;
            }
            for (String name : service.getValue()) {
                String value = env.apply(name);
                if (value != null && !value.isEmpty()) {
                    String kept = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
                    said.add(redactor.safe(name + "=" + kept));
                }
            }
        }
        return said;
    }
}
