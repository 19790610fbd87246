package io.swarmledger.app.http.security;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.token.Secret;
import io.swarmledger.app.token.Token;
import io.swarmledger.app.token.TokenFile;
import io.swarmledger.app.token.TokenRefused;
import java.io.File;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The tokens as they are now: the file is looked at with each request, so that one that was made or revoked meanwhile is
 * honoured at once. A file that cannot be read lets nobody in.
 */
@Component
class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    /** A file that was written just before it was read may be written again without its time telling. */
    private static final long TIME_IS_COARSE_MS = 2_000;

    private final TokenFile file;
    private final File path;
    private final boolean loopback;
    private volatile Seen seen = new Seen(-1, -1, false, List.of());

    Tokens(LedgerDirectory directory, @Value("${server.address:}") String address) {
        this.file = new TokenFile(directory.files());
        this.path = file.path().toFile();
        this.loopback = isLoopback(address);
    }

    /** The file as it was when it was read; {@code settled} unless it had just been written. */
    private record Seen(long modified, long length, boolean settled, List<Token> tokens) {}

    /** Whether only this machine reaches that address. Nothing at all is every address. */
    private static boolean isLoopback(String address) {
        try {
            return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    boolean isLoopback() {
        return loopback;
    }

    /** Whether a request without a token is refused. */
    boolean areDemanded() {
        return !loopback || path.lastModified() != 0;
    }

    /** The token that its holder presents as {@code secret}. */
    Optional<Token> presentedAs(String secret) {
        return ofHash(Secret.hash(secret));
    }

    /** The token of that hash. The time that it takes tells nothing of how much of a hash was right. */
    Optional<Token> ofHash(String hash) {
        byte[] wanted = hash.getBytes(StandardCharsets.US_ASCII);
        Token found = null;
        for (Token token : now()) {
            if (MessageDigest.isEqual(wanted, token.hash().getBytes(StandardCharsets.US_ASCII))) {
                found = token;
            }
        }
        return Optional.ofNullable(found);
    }

    private List<Token> now() {
        long modified = path.lastModified();
        long length = path.length();
        Seen last = seen;
        if (last.settled() && last.modified() == modified && last.length() == length) {
            return last.tokens();
        }
        boolean settled = System.currentTimeMillis() - modified > TIME_IS_COARSE_MS;
        Seen fresh = new Seen(modified, length, settled, read());
        seen = fresh;
        return fresh.tokens();
    }

    private List<Token> read() {
        try {
            return file.list();
        } catch (TokenRefused unreadable) {
            LOG.error("Nobody is let in: {}", unreadable.getMessage());
            return List.of();
        }
    }
}
