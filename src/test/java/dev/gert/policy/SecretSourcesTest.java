package dev.gert.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Effect;
import dev.gert.source.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where secrets come to be known: commands that answer with one, and gert's own environment. */
class SecretSourcesTest {
    private static ResolvedCommand command(String... argv) {
        return new ResolvedCommand(List.of(argv), null, null, null, "/", Map.of(), null, Effect.MUTATE, 1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws sts get-session-token",
                "aws --region eu-west-1 --profile p secretsmanager get-secret-value --secret-id x",
                "/usr/local/bin/aws sts assume-role --role-arn r",
                "AWS.EXE sts assume-role-with-web-identity",
                "aws ssm get-parameters-by-path --path /x --with-decryption",
                "kubectl -n prod get secret db -o yaml",
                "kubectl get secrets",
                "kubectl get secret/db",
                "kubectl get pods,secrets",
                "vault kv get -field=password secret/db",
                "vault read -format=json database/creds/app",
                "gcloud --project p auth print-access-token",
                "gcloud auth print-identity-token",
                "az account get-access-token --query accessToken",
                "az keyvault secret show --name x",
                "op read op://vault/item/password",
                "pass show mail",
                "security find-generic-password -w -s x",
                "gpg --decrypt x.gpg",
                "sops -d x.yaml",
                "gh auth token",
                "sudo -u root pass show mail",
                "env A=b timeout 5 vault read x",
                "docker-credential-pass get"
            })
    void aCommandThatAnswersWithASecret(String line) {
        assertThat(SecretCommands.answersSecret(command(line.split(" ")))).isTrue();
        assertThat(SecretCommands.answersSecret(command("sh", "-c", "x=1; " + line + " | head -1")))
                .isTrue();
        assertThat(SecretCommands.answersSecret(command("bash", "-c", "v=\"$(" + line + ")\"; echo $v")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws sts get-caller-identity",
                "aws secretsmanager list-secrets",
                "aws ssm get-parameter --name x",
                "kubectl get pods",
                "kubectl describe secret db",
                "vault status",
                "az account show",
                "gcloud auth list",
                "gpg --verify x.sig",
                "password show",
                "echo sts get-session-token"
            })
    void anotherIsShown(String line) {
        assertThat(SecretCommands.answersSecret(command(line.split(" ")))).isFalse();
    }

    @Test
    void theFileThatIsFoundSaysItToo() {
        assertThat(SecretCommands.answersSecret(new ResolvedCommand(
                        List.of("v", "read", "x"),
                        "/usr/bin/v",
                        "/opt/vault",
                        null,
                        "/",
                        Map.of(),
                        null,
                        Effect.MUTATE,
                        1000)))
                .isTrue();
    }

    @Test
    void theSecretsOfAnAnswerAreItsTextsAndWhatTheyStandFor() {
        assertThat(SecretAnswer.secrets(
                        "{\"Credentials\": {\"SecretAccessKey\": \"abc/def+0123\", \"Expiration\": 17, \"ok\": true},"
                                + " \"kind\": \"Opaque\", \"place\": \"westeurope\", \"list\": [\"ab1-cd2-ef3\"]}"))
                .containsExactly("abc/def+0123", "ab1-cd2-ef3");
        assertThat(SecretAnswer.secrets("{\"data\": {\"password\": \"aHVudGVyMi1odW50ZXIy\"}}"))
                .containsExactly("aHVudGVyMi1odW50ZXIy", "hunter2-hunter2");
        assertThat(SecretAnswer.secrets("export TOKEN=\"s3cr3t-t0ken\"\n\nshort\n"))
                .containsExactly("export TOKEN=\"s3cr3t-t0ken\"", "s3cr3t-t0ken");
        assertThat(SecretAnswer.secrets("s3cr3t-t0ken\n")).containsExactly("s3cr3t-t0ken");
    }

    @Test
    void variablesThatThePolicyNamesAndThoseWhoseNamesSayIt() {
        Diagnostics diagnostics = new Diagnostics();
        PolicyLayer layer = PolicyLayer.read(
                Source.of("governance.yaml", "apiVersion: governance/v0\ndeny_env_vars: [MY_*, '*', PIN]\n"),
                diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        Policy policy = Policy.meet(List.of(Objects.requireNonNull(layer)));
        Map<String, String> environment = Map.of(
                "MY_KEY", "a-value",
                "PIN", "4711",
                "my_empty", "  ",
                "GITHUB_TOKEN", "ghp_0123456789",
                "db_password", "hunter2!hunter2",
                "TOKEN_CHECK", "disabled",
                "API_TOKEN", "short",
                "HOME", "/home/someone",
                "SERVICE_TOKEN_FILE", "/run/secrets/token",
                "GOOGLE_APPLICATION_CREDENTIALS", "/etc/key.json");
        assertThat(SecretVariables.of(policy, environment, value -> value.equals("/etc/key.json")))
                .containsExactlyInAnyOrder("a-value", "4711", "ghp_0123456789", "hunter2!hunter2");
    }
}
