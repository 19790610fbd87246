package io.swarmledger.app.http.page;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** An address within the service, its parameters encoded whatever they hold. */
final class Address {

    private final StringBuilder address;
    private boolean isFirst = true;

    private Address(String path) {
        this.address = new StringBuilder(path);
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

    @Override
    public String toString() {
        return address.toString();
    }
}
