package io.swarmledger.app.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put together here has the form of a key and opens nothing. */
class SecretsTest {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";
    private static final Random RANDOM = new Random(7);

    private static String some(int length, String of) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length - 1; i++) {
            text.append(of.charAt(RANDOM.nextInt(of.length())));
        }
        return text.append('7').toString();
    }

    private static String letters(int length) {
        return some(length, LETTERS);
    }

    private static String hex(int length) {
        return some(length, HEX);
    }

    private static Arguments secret(String kind, String before, String secret, String after) {
        return Arguments.of(kind, before, secret, after);
    }

    private static Arguments bare(String kind, String secret) {
        return secret(kind, "use ", secret, " for it");
    }

    static Stream<Arguments> secrets() {
        String pem = "-----BEGIN RSA " + "PRIVATE KEY-----\n" + letters(64) + "\n" + letters(30)
                + "==\n-----END RSA PRIVATE KEY-----";
        return Stream.of(
                bare("anthropic-key", "sk-ant-" + "api03-" + letters(60) + "-" + letters(20) + "AA"),
                bare("openai-key", "sk-" + letters(48)),
                bare("openai-key", "sk-proj-" + letters(40) + "_" + letters(40)),
                bare("openai-key", "sk-svcacct-" + letters(60)),
                bare("openrouter-key", "sk-or-" + "v1-" + hex(64)),
                bare(
                        "aws-access-key",
                        "AKIA" + some(15, "ABCDEFGHIJKLMNOPQRSTUVWXYZ").replace('7', '2') + "Q"),
                secret("aws-secret-key", "aws_secret_access_key = ", letters(38) + "/+", "\nregion = x"),
                secret("aws-secret-key", "{\"SecretAccessKey\": \"", letters(40), "\"}"),
                bare("github-token", "ghp" + "_" + letters(36)),
                bare("github-token", "gho" + "_" + letters(36)),
                bare("github-token", "ghs" + "_" + letters(36)),
                bare("github-token", "github_" + "pat_" + letters(22) + "_" + letters(59)),
                bare("gitlab-token", "glpat" + "-" + letters(20)),
                bare("slack-token", "xoxb" + "-" + some(12, "0123456789") + "-" + letters(24)),
                bare("slack-token", "xoxp" + "-" + some(12, "0123456789") + "-" + letters(24)),
                bare("slack-token", "xapp" + "-1-" + letters(10) + "-" + hex(40)),
                secret(
                        "slack-webhook",
                        "curl https://hooks.slack.com/",
                        "services/T" + letters(8) + "/B" + letters(8) + "/" + letters(24),
                        " -d x"),
                secret(
                        "discord-webhook",
                        "https://discord.com/api/webhooks/",
                        some(18, "123456789") + "/" + letters(60),
                        ""),
                bare("stripe-key", "sk_" + "live_" + letters(24)),
                bare("stripe-key", "rk_" + "test_" + letters(24)),
                bare("stripe-key", "whsec" + "_" + letters(32)),
                bare("google-api-key", "AIza" + letters(35)),
                bare("google-oauth-secret", "GOCSPX" + "-" + letters(28)),
                bare("google-oauth-token", "ya29" + "." + letters(60)),
                secret(
                        "azure-key",
                        "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=",
                        letters(86) + "==",
                        ";EndpointSuffix=core"),
                secret("azure-sas", "https://x.blob.core.windows.net/c?sv=2022&sig=", letters(43) + "%3D", "&se=2"),
                bare("azure-client-secret", letters(2).replace('7', 'a') + "b8" + "Q~" + letters(34)),
                bare("npm-token", "npm" + "_" + letters(36)),
                secret("npm-token", "//registry.example.org/:_authToken=", hex(8) + "-x" + hex(20), "\n"),
                bare("pypi-token", "pypi" + "-AgEIcHlwaS5vcmc" + letters(60)),
                bare("huggingface-token", "hf" + "_" + letters(34)),
                bare("sendgrid-key", "SG" + "." + letters(22) + "." + letters(43)),
                bare("mailgun-key", "key" + "-" + hex(32)),
                bare("twilio-key", "SK" + hex(32)),
                secret("assigned-secret", "TWILIO_AUTH_TOKEN=", hex(32), " node app.js"),
                bare("telegram-token", some(10, "123456789") + ":AA" + letters(33)),
                bare("digitalocean-token", "dop" + "_v1_" + hex(64)),
                bare("shopify-token", "shpat" + "_" + hex(32)),
                bare("linear-key", "lin" + "_api_" + letters(40)),
                bare("docker-token", "dckr" + "_pat_" + letters(27)),
                bare("vault-token", "hvs" + "." + letters(24)),
                bare("groq-key", "gsk" + "_" + letters(52)),
                bare("databricks-token", "dapi" + hex(32)),
                bare("grafana-token", "glsa" + "_" + letters(32) + "_" + hex(8)),
                bare("swarm-ledger-token", "slt" + "_" + letters(43)),
                bare("jwt", "eyJ" + letters(30) + ".eyJ" + letters(60) + "." + letters(43)),
                secret("private-key", "key:\n", pem, "\nend"),
                secret("private-key", "{\"private_key\": \"", pem.replace("\n", "\\n"), "\\n\"}"),
                secret("private-key", "cut: ", pem.substring(0, 90), ""),
                secret("authorization", "curl -H 'Authorization: Bearer ", letters(30), "' x"),
                secret("cookie", "curl -H 'Cookie: ", "session=abcd1234efgh5678; csrf=" + letters(20), "' x"),
                secret("cookie", "Set-Cookie: ", "id=" + letters(24), "; HttpOnly"),
                secret("authorization", "\"Authorization\": \"Basic ", "dXNlcjpwYXNzd29yZA==", "\""),
                secret("bearer-token", "send it as bearer ", letters(32), " please"),
                secret("basic-auth", "header Basic ", "dXNlcjpodW50ZXIy", " ok"),
                secret("url-password", "postgres://app:", "hunter2", "@db.internal:5432/app"),
                secret("url-password", "mongodb+srv://app:", "p@ss:w0rd", "@cluster0.example.net"),
                secret("url-password", "redis://:", "letmein", "@cache:6379/0"),
                secret("url-password", "git clone https://", letters(40), "@example.org/x.git"),
                secret("password", "curl -u admin:", "hunter2", " http://x"),
                secret("password", "mysql -h db -u root -p", "hunter2", " app"),
                secret("assigned-secret", "password=", "hunter2", " and on"),
                secret("assigned-secret", "password: ", "correcthorse", "\n"),
                secret("assigned-secret", "db_pass = \"", "two words", "\""),
                secret("assigned-secret", "api_key: ", letters(12), ""),
                secret("assigned-secret", "{\"apiKey\":\"", letters(12), "\"}"),
                secret("assigned-secret", "{\\\"client_secret\\\": \\\"", letters(12), "\\\"}"),
                secret("assigned-secret", "PGPASSWORD=", "hunter2", " psql"),
                secret("assigned-secret", "Server=db;Uid=sa;Pwd=", "hunter2", ";"),
                secret("assigned-secret", "deploy --api-token ", letters(12), " --now"),
                secret("assigned-secret", "https://x/y?access_token=", letters(20), "&z=1"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("secrets")
    void secretsAreReplacedByTheirKind(String kind, String before, String secret, String after) {
        String redacted = Secrets.redact(before + secret + after);

        assertThat(redacted).isEqualTo(before + "[redacted: " + kind + "]" + after);
        assertThat(Secrets.redact(redacted)).as("once more").isEqualTo(redacted);
    }

    @Test
    void thereAreMoreThanTwentyKinds() {
        Set<String> kinds = new HashSet<>();
        secrets().forEach(arguments -> kinds.add((String) arguments.get()[0]));

        assertThat(kinds).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1fb5cc3e-8f70-4ec4-90d5-9843b6b90e74",
                "commit 620cb4e0d8c3a5b7f1e2d3c4b5a697887766554a",
                "toolu_01A2b3C4d5E6f7G8h9J0k1L2 and msg_01XyZaBcDeFgHiJkLmNoPqRs",
                "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "/srv/user/project/src/main/java/App.java",
                "agent a260b8bc60d60eaaa, req_mock12, main@1fb5cc3e-8f70-4ec4-90d5-9843b6b90e74",
                "https://example.org:8080/path?page=2&sort=name",
                "git@github.com:owner/name.git and ssh://git@example.org/x",
                "max_tokens=4096 input_tokens: 1201 token_count=12345678",
                "SyntaxError: Unexpected token: identifier",
                "--- PASS: TestSomething (0.01s)",
                "export TOKEN=$GITHUB_TOKEN && curl --token \"$TOKEN\"",
                "password=${DB_PASSWORD} api_key: <your-key-here>",
                "const apiKey = process.env.API_KEY",
                "PWD=/srv/user/project",
                "docker run -u 1000:1000 image",
                "basic understanding of internationalization",
                "sk-learn and sk-toggle-button",
                "2026-11-29T16:13:37.322Z",
                "npm run build && pip install pypi-simple",
                "Write the parser; report the grammar.",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
            })
    void whatIsNoSecretStays(String text) {
        assertThat(Secrets.redact(text)).isEqualTo(text);
    }

    @Test
    void aSecretMayStandInTheMiddleOfAName() {
        assertThat(Secrets.redact("TOKEN_ghp" + "_" + letters(36) + ".txt"))
                .isEqualTo("TOKEN_[redacted: github-token].txt");
    }

    @Test
    void severalSecretsOfATextAreAllReplaced() {
        String one = "ghp" + "_" + letters(36);
        String other = "ghp" + "_" + letters(36);

        assertThat(Secrets.redact("A=" + one + " B=" + other + " password='hunter2'"))
                .isEqualTo(
                        "A=[redacted: github-token] B=[redacted: github-token] password='[redacted: assigned-secret]'");
    }

    @Test
    void aJsonValueIsKnownByItsNameToo() {
        var tree = Json.mapper()
                .readTree("{\"user\":\"me\",\"password\":\"x1\",\"list\":[{\"auth_token\":\"abc\"},\"AIza" + letters(35)
                        + "\"],\"max_tokens\":5,\"nextStep\":\"token\"}");

        assertThat(Secrets.redact(tree).toString())
                .isEqualTo("{\"user\":\"me\",\"password\":\"[redacted: assigned-secret]\",\"list\":[{\"auth_token\":"
                        + "\"[redacted: assigned-secret]\"},\"[redacted: google-api-key]\"],\"max_tokens\":5,"
                        + "\"nextStep\":\"token\"}");
    }

    @Test
    void noTextTakesLongerThanItsLength() {
        List<String> nasty = List.of(
                "secret",
                "token",
                "a:",
                "://",
                "://a:",
                "eyJ",
                "eyJaaaaaaaaaa.",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN ",
                "-",
                "sk-",
                "password=",
                "authorization: ",
                "Cookie: a=",
                "Cookie: a=aaaaaa; ",
                "bearer ",
                "basic ",
                "mysql ",
                "-u a",
                "\"",
                "a",
                "ghp_",
                "SG.",
                "SG.aaaaaaaaaaaaaaaa.",
                "\\",
                " ");
        for (String piece : nasty) {
            String text = piece.repeat(200_000 / piece.length());
            Assertions.assertTimeout(Duration.ofSeconds(5), () -> Secrets.redact(text), piece);
        }
    }
}
