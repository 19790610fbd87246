package io.swarmledger.app.recorder;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of key or token, as its maker writes it. Every pattern takes a time that grows with the text and no faster: what
 * repeats is a class of characters and gives nothing back, or is bounded.
 *
 * @param name as the marker shows it
 * @param hint a piece that every text with such a secret has, and that is quick to look for; {@code null} for none
 * @param pattern what is replaced is its group {@code secret}, or all of it where there is no such group
 * @param hasGroup whether it has that group
 * @param isNamed whether it is known by a word before it, see {@link #NAMING}
 */
record SecretKind(String name, String hint, Pattern pattern, boolean hasGroup, boolean isNamed) {

    private static final String GROUP = "secret";
    private static final String START = "(?<![A-Za-z0-9])";
    private static final String MARKER = "[redacted: ";

    /** Words that a text has if something in it could be a secret by its name. */
    static final Pattern NAMING =
            Pattern.compile("(?i)pass|pwd|secret|token|key|credential|authorization|bearer|basic");

    private static final String PASSWORD = "(?:passw(?:or)?d|passphrase|[_-]pass(?![a-z])|(?<![a-z])pwd(?![a-z]))";

    /** Words after which a value is a secret, wherever in a name they stand. */
    private static final String SECRET_WORD = "(?:" + PASSWORD + "|(?<![a-z])pass(?![a-z])"
            + "|secret|token(?!s|i[sz]|[_-]?(?:count|limit|type|budget|usage))"
            + "|(?:api|access|account|auth|encryption|signing)[_-]?key|private[_-]?key(?![_-]?id)"
            + "|credential(?!s?[_-]?(?:helper|type)))";

    /** The rest of the name, and what it ends with. */
    private static final String NAME_ENDS = "[\\w.-]{0,40}+\\\\?[\"']?\\]?";

    /** What stands where a secret would and is none: a variable, a placeholder, a path, nothing. */
    private static final String NO_VALUE = "(?!\\[redacted: |\\$|%[A-Z]|<|\\{\\{|\\*\\*|\\.\\.\\.|process\\.env|env\\."
            + "|os\\.(?:environ|getenv)|System\\.getenv|/(?:home|usr|var|tmp|etc|Users|opt|root|mnt|run|srv|workspace|data)/"
            + "|(?:null|none|nil|true|false|undefined|string|str|required|optional)\\b)";

    private static final String PLAIN_VALUE = "(?<secret>[^\\s\"'`,;&)\\]}]{6,}+)";

    /** The kinds, the more particular ones first. */
    static final List<SecretKind> ALL = List.of(
            token("anthropic-key", "sk-ant-", "sk-ant-[A-Za-z0-9_-]{12,}+"),
            token("openrouter-key", "sk-or-", "sk-or-(?:v1-)?[A-Za-z0-9]{20,}+"),
            token("openai-key", "sk-", "sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}+"),
            token("openai-key", "sk-", "sk-[A-Za-z0-9]{20,}+"),
            token("aws-access-key", "AKIA", "AKIA[A-Z2-7]{16}(?![A-Za-z0-9])"),
            token("aws-access-key", "ASIA", "ASIA[A-Z2-7]{16}(?![A-Za-z0-9])"),
            of(
                    "aws-secret-key",
                    null,
                    "(?i)(?:aws_?)?(?:secret_?access_?key|session_?token)\\\\?[\"']?\\s{0,8}[=:]\\s{0,8}\\\\?[\"']?"
                            + "(?<secret>[A-Za-z0-9/+=]{40,}+)"),
            anywhere("github-token", "gh", "gh[pousr]_[A-Za-z0-9]{20,}+"),
            anywhere("github-token", "github_pat_", "github_pat_[A-Za-z0-9_]{20,}+"),
            anywhere(
                    "gitlab-token",
                    "gl",
                    "gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-[A-Za-z0-9_.-]{16,}+"),
            anywhere("gitlab-token", "GR1348941", "GR1348941[A-Za-z0-9_-]{16,}+"),
            anywhere("slack-token", "xox", "xox[abcdeoprs](?:\\.xox[a-z])?-[A-Za-z0-9-]{10,}+"),
            anywhere("slack-token", "xapp-", "xapp-[0-9]-[A-Za-z0-9-]{10,}+"),
            of(
                    "slack-webhook",
                    "hooks.slack",
                    "https://hooks\\.slack(?:-gov)?\\.com/(?<secret>(?:services|workflows|triggers)/[A-Za-z0-9/_+-]{16,}+)"),
            of(
                    "discord-webhook",
                    "/api/webhooks/",
                    "discord(?:app)?\\.com/api/webhooks/(?<secret>[0-9]{5,30}/[A-Za-z0-9_-]{16,}+)"),
            of("teams-webhook", ".webhook.office.com/", "\\.webhook\\.office\\.com/(?<secret>[^\\s\"'<>]{20,}+)"),
            token("stripe-key", "_", "(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{10,}+"),
            token("stripe-key", "whsec_", "whsec_[A-Za-z0-9+/=]{20,}+"),
            anywhere("google-api-key", "AIza", "AIza[A-Za-z0-9_-]{30,}+"),
            anywhere("google-oauth-secret", "GOCSPX-", "GOCSPX-[A-Za-z0-9_-]{20,}+"),
            token("google-oauth-token", "ya29.", "ya29\\.[A-Za-z0-9_.-]{20,}+"),
            token("google-oauth-token", "1//0", "1//0[A-Za-z0-9_-]{20,}+"),
            of(
                    "azure-key",
                    "=",
                    "(?i)(?:AccountKey|SharedAccessKey|SharedSecret)\\s{0,4}=\\s{0,4}(?<secret>[A-Za-z0-9+/=]{20,}+)"),
            of("azure-sas", "sig=", "[?&;]sig=(?<secret>[A-Za-z0-9%+/=_-]{20,}+)"),
            of(
                    "azure-client-secret",
                    "Q~",
                    "(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])"),
            of("azure-devops-token", "AZDO", START + "[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])"),
            anywhere("npm-token", "npm_", "npm_[A-Za-z0-9]{30,}+"),
            of("npm-token", "_auth", "_auth(?:Token)?\\s{0,4}=\\s{0,4}\"?" + NO_VALUE + "(?<secret>[^\\s\"']{6,}+)"),
            token("pypi-token", "pypi-", "pypi-A[A-Za-z0-9_-]{16,}+"),
            token("rubygems-key", "rubygems_", "rubygems_[a-f0-9]{30,}+"),
            token("huggingface-token", "hf_", "hf_[A-Za-z0-9]{24,}+"),
            token("huggingface-token", "api_org_", "api_org_[A-Za-z0-9]{24,}+"),
            token("sendgrid-key", "SG.", "SG\\.[A-Za-z0-9_-]{12,}+\\.[A-Za-z0-9_-]{12,}+"),
            anywhere("brevo-key", "xkeysib-", "xkeysib-[A-Za-z0-9-]{30,}+"),
            of("mailgun-key", "key-", START + "key-[0-9a-f]{32}(?![A-Za-z0-9])"),
            of("mailchimp-key", "-us", START + "[0-9a-f]{32}-us[0-9]{1,2}(?![A-Za-z0-9])"),
            of("twilio-key", "SK", START + "SK[0-9a-f]{32}(?![A-Za-z0-9])"),
            of("telegram-token", ":AA", "(?<![A-Za-z0-9_])(?:bot)?[0-9]{6,12}:AA[A-Za-z0-9_-]{30,}+"),
            anywhere("digitalocean-token", "_v1_", "do[opr]_v1_[a-f0-9]{32,}+"),
            anywhere("shopify-token", "shp", "shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{24,}+"),
            anywhere("linear-key", "lin_", "lin_(?:api|oauth)_[A-Za-z0-9]{24,}+"),
            token("square-token", "sq0", "sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{16,}+"),
            anywhere("docker-token", "dckr_", "dckr_(?:pat|oat)_[A-Za-z0-9_-]{16,}+"),
            token("grafana-token", "gl", "glsa_[A-Za-z0-9_]{24,}+"),
            token("grafana-token", "glc_", "glc_[A-Za-z0-9+/=]{24,}+"),
            token("vault-token", "hv", "hv[sbr]\\.[A-Za-z0-9_-]{20,}+"),
            token("terraform-token", ".atlasv1.", "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{40,}+"),
            token("figma-token", "fig", "fig[dou]_[A-Za-z0-9_-]{24,}+"),
            anywhere("postman-key", "PMAK-", "PMAK-[A-Za-z0-9-]{24,}+"),
            token("groq-key", "gsk_", "gsk_[A-Za-z0-9]{24,}+"),
            token("xai-key", "xai-", "xai-[A-Za-z0-9]{24,}+"),
            token("perplexity-key", "pplx-", "pplx-[A-Za-z0-9]{24,}+"),
            token("replicate-token", "r8_", "r8_[A-Za-z0-9]{24,}+"),
            token("tavily-key", "tvly-", "tvly-[A-Za-z0-9-]{16,}+"),
            token("nvidia-key", "nvapi-", "nvapi-[A-Za-z0-9_-]{24,}+"),
            token("atlassian-token", "AT", "AT(?:ATT|CTT|BB)[A-Za-z0-9_=-]{24,}+"),
            token("databricks-token", "dapi", "dapi[a-f0-9]{32}(?:-[0-9])?"),
            token("supabase-key", "sb", "sbp_[a-f0-9]{32,}+|sb_(?:secret|publishable)_[A-Za-z0-9_-]{20,}+"),
            anywhere("planetscale-token", "pscale_", "pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{16,}+"),
            token("notion-token", "_", "(?:ntn_|secret_)[A-Za-z0-9]{40,}+"),
            token("sentry-token", "sntry", "sntry[su]_[A-Za-z0-9+/=_-]{24,}+"),
            token("doppler-token", "dp.", "dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9_.-]{24,}+"),
            token("new-relic-key", "NR", "NR(?:AK|II|RA|AL)-[A-Za-z0-9]{24,}+"),
            anywhere("age-key", "AGE-SECRET-KEY-", "AGE-SECRET-KEY-1[A-Z0-9]{40,}+"),
            anywhere("swarm-ledger-token", "slt_", "slt_[A-Za-z0-9_-]{30,}+"),
            token("jwt", "eyJ", "eyJ[A-Za-z0-9_-]{8,}+\\.eyJ[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+)?"),
            of(
                    "url-password",
                    "://",
                    "(?<=://)[^\\s/@:\"'<>?#]{0,256}+:" + NO_VALUE + "(?<secret>[^\\s/\"'<>\\[]{1,512})@"),
            of("url-password", "://", "(?<=://)(?<secret>[A-Za-z0-9_-]{20,256}+)@"),
            of(
                    "authorization",
                    null,
                    "(?i)authorization\\\\?[\"']?\\s{0,4}[:=,]\\s{0,4}\\\\?[\"']?"
                            + "(?:(?:basic|bearer|token|digest|apikey|negotiate|bot|aws4-hmac-sha256)\\s{1,4})?+"
                            + NO_VALUE + "(?<secret>[^\\s\"'\\\\]{6,}+)"),
            of(
                    "cookie",
                    "ookie",
                    "(?<![A-Za-z])(?:[Ss]et-)?[Cc]ookie\\\\?[\"']?\\s{0,4}[:=]\\s{0,4}\\\\?[\"']?" + NO_VALUE
                            + "(?<secret>[^\\s=;\"'\\\\]{1,64}=[^\\s;\"'\\\\]{6,}+"
                            + "(?:;\\s?[^\\s=;\"'\\\\]{1,64}+=[^\\s;\"'\\\\]{1,}+){0,64}+)"),
            of(
                    "bearer-token",
                    null,
                    "(?i)(?<![a-z])bearer\\s{1,4}" + NO_VALUE
                            + "(?=[a-z_./+~-]{0,64}[0-9=])(?<secret>[A-Za-z0-9._~+/-]{12,}+=*+)"),
            of(
                    "basic-auth",
                    null,
                    "(?<![A-Za-z])[Bb]asic\\s{1,4}(?=[A-Za-z+/]{0,64}[0-9=])(?<secret>[A-Za-z0-9+/]{12,}+=*+)"),
            of(
                    "password",
                    "-u",
                    "(?<![\\w-])(?:-u|--user|--proxy-user)[= ]{0,2}[\"']?(?![0-9]{1,10}:[0-9]{1,10}(?![A-Za-z0-9]))"
                            + "[^\\s:\"'/=]{1,128}+:" + NO_VALUE + "(?<secret>[^\\s\"'/]{3,}+)"),
            of(
                    "password",
                    "-p",
                    "(?<![\\w-])(?:mysql|mysqldump|mysqladmin|mariadb)\\s[^\\n]{0,200}?\\s-p" + NO_VALUE
                            + "(?<secret>[^\\s\"']{3,}+)"),
            of(
                    "assigned-secret",
                    null,
                    "(?i)" + SECRET_WORD + NAME_ENDS + "\\s{0,8}(?::=|=>|[=:])\\s{0,8}\\\\?[\"'`]" + NO_VALUE
                            + "(?<secret>[^\"'`\\\\\\n]{3,}+)"),
            of(
                    "assigned-secret",
                    null,
                    "(?i)" + SECRET_WORD + NAME_ENDS + "\\s{0,8}(?::=|=>|=)\\s{0,8}" + NO_VALUE + PLAIN_VALUE),
            of("assigned-secret", null, "(?i)" + PASSWORD + NAME_ENDS + ":\\s{0,8}" + NO_VALUE + PLAIN_VALUE),
            // After a colon there may be prose: it has no digits.
            of(
                    "assigned-secret",
                    null,
                    "(?i)" + SECRET_WORD + NAME_ENDS + ":\\s{0,8}" + NO_VALUE + "(?=[^\\s\"'`,;&)\\]}0-9]{0,128}+[0-9])"
                            + PLAIN_VALUE),
            of(
                    "assigned-secret",
                    "-",
                    "(?i)(?<![\\w-])--?[a-z-]{0,24}" + SECRET_WORD + "[a-z-]{0,16}+\\s{1,4}[\"']?" + NO_VALUE
                            + "(?!-)(?<secret>[^\\s\"']{4,}+)"));

    private static SecretKind token(String name, String hint, String pattern) {
        return of(name, hint, START + "(?:" + pattern + ")");
    }

    /** One that nothing else looks like, even in the middle of a word. */
    private static SecretKind anywhere(String name, String hint, String pattern) {
        return of(name, hint, pattern);
    }

    private static SecretKind of(String name, String hint, String pattern) {
        return new SecretKind(
                name, hint, Pattern.compile(pattern), pattern.contains("(?<" + GROUP + ">"), hint == null);
    }

    /** The text with a marker in place of every secret of this kind. */
    String redactIn(String text) {
        if (hint != null && !text.contains(hint)) {
            return text;
        }
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            return text;
        }
        StringBuilder redacted = new StringBuilder(text.length());
        int done = 0;
        do {
            redacted.append(text, done, hasGroup ? found.start(GROUP) : found.start())
                    .append(marker(name));
            done = hasGroup ? found.end(GROUP) : found.end();
        } while (found.find());
        return redacted.append(text, done, text.length()).toString();
    }

    static String marker(String name) {
        return MARKER + name + "]";
    }
}
