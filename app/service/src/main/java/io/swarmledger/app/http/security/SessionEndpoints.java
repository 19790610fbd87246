package io.swarmledger.app.http.security;

import io.swarmledger.app.door.Caller;
import io.swarmledger.app.http.Problem;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.Token;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A browser trades its token for a cookie that no script can read, and the other way round. */
@RestController
@RequestMapping("/api/session")
class SessionEndpoints {

    private final Tokens tokens;
    private final Sessions sessions;

    SessionEndpoints(Tokens tokens, Sessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * Who asks.
     *
     * @param name of the token, {@code null} where none is demanded
     * @param csrfHeader the header in which a page sends {@code csrfToken} with whatever changes something
     */
    record Session(String name, Role role, String csrfHeader, String csrfToken) {}

    @GetMapping
    Session who(HttpServletRequest request, CsrfToken csrf) {
        Caller caller = Callers.of(request);
        return new Session(caller.name(), caller.role(), csrf.getHeaderName(), csrf.getToken());
    }

    @PostMapping
    ResponseEntity<?> begin(HttpServletRequest request, HttpServletResponse response, CsrfToken csrf) {
        Optional<Token> token = TokenFilter.presented(request).flatMap(tokens::presentedAs);
        if (token.isEmpty()) {
            return ResponseEntity.status(HttpStatus.CONFLICT)
                    .body(Problem.of(
                            HttpStatus.CONFLICT,
                            "no-token",
                            "No token to trade",
                            "A session is traded for a token in the header Authorization: Bearer"));
        }
        // Beside the cookie of the CSRF token: a header of the ResponseEntity would replace it.
        response.addHeader(
                HttpHeaders.SET_COOKIE, sessions.begin(request, token.get()).toString());
        return ResponseEntity.status(HttpStatus.CREATED).body(who(request, csrf));
    }

    @DeleteMapping
    ResponseEntity<Void> end(HttpServletRequest request) {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, sessions.end(request).toString())
                .build();
    }
}
