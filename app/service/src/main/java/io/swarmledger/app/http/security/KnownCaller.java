package io.swarmledger.app.http.security;

import io.swarmledger.app.door.Caller;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A {@link Caller} as Spring Security knows one. */
final class KnownCaller extends AbstractAuthenticationToken {

    private static final String AUTHORITY = "ROLE_";

    private final Caller caller;

    KnownCaller(Caller caller) {
        super(caller.role().included().stream()
                .map(included -> new SimpleGrantedAuthority(AUTHORITY + included))
                .toList());
        this.caller = caller;
        setAuthenticated(true);
    }

    Caller caller() {
        return caller;
    }

    @Override
    public Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return caller.name() == null ? "" : caller.name();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KnownCaller known && super.equals(other) && caller.equals(known.caller);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + caller.hashCode();
    }
}
