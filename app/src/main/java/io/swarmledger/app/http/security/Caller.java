package io.swarmledger.app.http.security;

import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.Token;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Who sends a request: the holder of a token, or anybody where none is demanded. */
final class Caller extends AbstractAuthenticationToken {

    private static final String AUTHORITY = "ROLE_";

    private final String name;
    private final Role role;

    private Caller(String name, Role role) {
        super(role.included().stream()
                .map(included -> new SimpleGrantedAuthority(AUTHORITY + included))
                .toList());
        this.name = name;
        this.role = role;
        setAuthenticated(true);
    }

    static Caller holderOf(Token token) {
        return new Caller(token.name(), token.role());
    }

    /** Where the service is open, whoever reaches it may do everything. */
    static Caller anybody() {
        return new Caller(null, Role.operator);
    }

    /** The token's name; {@code null} where none is demanded. */
    String tokenName() {
        return name;
    }

    Role role() {
        return role;
    }

    @Override
    public Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return name == null ? "" : name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Caller caller && super.equals(other) && role == caller.role;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + role.hashCode();
    }
}
