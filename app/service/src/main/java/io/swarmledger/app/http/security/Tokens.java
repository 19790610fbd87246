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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The tokens as they are now: the file is looked at with each request, so that one that was made or revoked meanwhile is
 * honoured at once. A file that cannot be read lets nobody in, and neither does one that is gone although this process
 * has demanded tokens before: whoever removes a file does not say that everybody may do everything.
 */
@Component
class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    /** A file that was written just before it was read may be written again without its time telling. */
    private static final long TIME_IS_COARSE_MS = 2_000;

    /** What made a file unreadable may pass without changing it; yet not every request is to try again. */
    private static final long FAULT_LASTS_NS = TimeUnit.SECONDS.toNanos(1);

    private final TokenFile file;
    private final File path;
    private final boolean loopback;
    private volatile boolean demandedBefore;
    private volatile Seen seen = new Seen(-1, -1, false, List.of(), null, 0);

    Tokens(LedgerDirectory directory, @Value("${server.address:}") String address) {
        this.file = new TokenFile(directory.files());
        this.path = file.path().toFile();
        this.loopback = isLoopback(address);
        if (areDemanded() && now().fault() == null && now().tokens().isEmpty()) {
            LOG.warn("Nobody is let in: server.address is not the loopback's, and there is no token yet");
        }
    }

    /**
     * The file as it was when it was read.
     *
     * @param settled whether it would tell if it were written again
     * @param fault why there are none, {@code null} if they could be read
     * @param readAt of {@link System#nanoTime}
     */
    private record Seen(long modified, long length, boolean settled, List<Token> tokens, String fault, long readAt) {

        boolean isStill(long modified, long length) {
            return this.modified == modified
                    && this.length == length
                    && (settled || fault != null && System.nanoTime() - readAt < FAULT_LASTS_NS);
        }
    }

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
        if (loopback && !demandedBefore && (path.lastModified() != 0 || file.isThere())) {
            demandedBefore = true;
        }
        return !loopback || demandedBefore;
    }

    /** Why nobody is let in, whatever token they have. */
    Optional<String> fault() {
        return areDemanded() ? Optional.ofNullable(now().fault()) : Optional.empty();
    }

    /** The token that its holder presents as {@code secret}. */
    Optional<Token> presentedAs(String secret) {
        return ofHash(Secret.hash(secret));
    }

    /** The token of that hash. The time that it takes tells nothing of how much of a hash was right. */
    Optional<Token> ofHash(String hash) {
        byte[] wanted = hash.getBytes(StandardCharsets.US_ASCII);
        Token found = null;
        for (Token token : now().tokens()) {
            if (MessageDigest.isEqual(wanted, token.hash().getBytes(StandardCharsets.US_ASCII))) {
                found = token;
            }
        }
        return Optional.ofNullable(found);
    }

    private Seen now() {
        long modified = path.lastModified();
        long length = path.length();
        Seen last = seen;
        if (last.isStill(modified, length)) {
            return last;
        }
        Seen fresh = read(modified, length);
        if (fresh.fault() != null && !Objects.equals(fresh.fault(), last.fault())) {
            LOG.error("Nobody is let in: {}", fresh.fault());
        }
        seen = fresh;
        return fresh;
    }

    private Seen read(long modified, long length) {
        long now = System.nanoTime();
        try {
            List<Token> tokens = file.list();
            if (loopback && tokens.isEmpty() && !file.isThere()) {
                return new Seen(modified, length, false, tokens, gone(), now);
            }
            boolean settled = modified != 0 && System.currentTimeMillis() - modified > TIME_IS_COARSE_MS;
            return new Seen(modified, length, settled, tokens, null, now);
        } catch (TokenRefused unreadable) {
            return new Seen(modified, length, false, List.of(), unreadable.getMessage(), now);
        }
    }

    private String gone() {
        return file.path()
                + " is gone, and this process has demanded tokens before: put it back, make a token, or start the"
                + " service again to have it open";
    }
}
