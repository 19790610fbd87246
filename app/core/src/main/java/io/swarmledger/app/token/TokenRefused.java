package io.swarmledger.app.token;

/** The tokens cannot be read or changed as asked; nothing was changed. */
public final class TokenRefused extends RuntimeException {

    TokenRefused(String message) {
        super(message);
    }

    TokenRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
