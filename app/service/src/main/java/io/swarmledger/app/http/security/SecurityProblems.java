package io.swarmledger.app.http.security;

import io.swarmledger.app.http.Problem;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What is found out about a request only while it is read. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityProblems {

    private static final String RETRY_AFTER_SECONDS = "10";

    /** Names of parameters and values of headers are looked at when they are asked for. */
    @ExceptionHandler
    ProblemDetail rejected(RequestRejectedException refusal) {
        return rejected();
    }

    /** Why is for who operates the service: it would tell a stranger how its files lie. */
    static ProblemDetail tokensUnreadable(HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "tokens-unreadable",
                "Tokens unreadable",
                "The tokens of this ledger cannot be read, so that nobody is let in; the service's own log says why");
    }

    static ProblemDetail rejected() {
        return Problem.of(
                HttpStatus.BAD_REQUEST,
                "malformed",
                "Malformed request",
                "The path, a header or a parameter has characters that are not taken: what a path cannot say is asked"
                        + " with ?id=");
    }
}
