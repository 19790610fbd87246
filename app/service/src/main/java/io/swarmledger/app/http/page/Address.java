package io.swarmledger.app.http.page;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** An address within the service, its parameters encoded whatever they hold. */
final class Address {

    /** With what else is in a request's head it has to stay below 16 KB; characters. */
    static final int LONGEST = 8_000;

    private final StringBuilder address;
    private boolean isFirst;

    private Address(String path) {
        this.address = new StringBuilder(path);
        this.isFirst = path.indexOf('?') < 0;
    }

    static Address of(String path) {
        return new Address(path);
    }

    /** With that parameter; {@code null} leaves it out. */
    Address with(String name, Object value) {
        if (value != null) {
            address.append(isFirst ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(UriUtils.encode(value.toString(), StandardCharsets.UTF_8));
            isFirst = false;
        }
        return this;
    }

    /** {@code null} for one that is too long to be asked for. */
    String orNothing() {
        return address.length() > LONGEST ? null : address.toString();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
