package io.swarmledger.app.alert;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whom alerts are told, and how one can tell that it was this ledger: signed as Standard Webhooks has it. */
public final class Webhook {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String ENCODED = "whsec_";
    private static final int LAST_PORT = 65_535;
    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 4_096;

    private final URI url;
    private final byte[] secret;

    private Webhook(URI url, byte[] secret) {
        this.url = url;
        this.secret = secret;
    }

    /**
     * The receiver at an address.
     *
     * @param secret {@code whsec_} and base64, or any text of {@value #SHORTEST_SECRET} bytes or more; or {@code null}
     * @param secretFile the file that has it instead
     * @throws IllegalArgumentException saying what is wrong, never the secret
     */
    public static Webhook of(URI url, String secret, Path secretFile) {
        boolean isWeb = ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null;
        if (!isWeb || url.getUserInfo() != null) {
            throw new IllegalArgumentException("alerts.webhook.url: is no address such as https://example.com/alerts");
        }
        if (url.getRawAuthority().endsWith(":") || url.getPort() == 0 || url.getPort() > LAST_PORT) {
            throw new IllegalArgumentException(
                    "alerts.webhook.url: has a colon behind its host, and then no port from 1 to " + LAST_PORT);
        }
        if (secret == null == (secretFile == null)) {
            throw new IllegalArgumentException(
                    "alerts.webhook: what is sent is signed: give a secret, or a secret-file," + " and not both");
        }
        return new Webhook(url, bytes(secret != null ? secret : read(secretFile)));
    }

    private static String read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_SECRET) {
                throw new IllegalArgumentException(
                        "alerts.webhook.secret-file: " + file + " is no file, or longer than a secret");
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("alerts.webhook.secret-file: " + file + " cannot be read", unreadable);
        }
    }

    private static byte[] bytes(String secret) {
        String text = secret.strip();
        byte[] bytes;
        try {
            bytes = text.startsWith(ENCODED)
                    ? Base64.getDecoder().decode(text.substring(ENCODED.length()))
                    : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noBase64) {
            throw new IllegalArgumentException("alerts.webhook.secret: what follows whsec_ is no base64");
        }
        if (bytes.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "alerts.webhook.secret: is shorter than " + SHORTEST_SECRET + " bytes, and could be guessed");
        }
        return bytes;
    }

    URI url() {
        return url;
    }

    /** What of the address may be shown: what is behind the host may be as good as a password. */
    String shown() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /**
     * The signature of a message.
     *
     * @param timestamp epoch seconds
     */
    String signature(String id, long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            byte[] signed = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
