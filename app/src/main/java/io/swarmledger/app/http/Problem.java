package io.swarmledger.app.http;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Makes the problems of RFC 9457 that this ledger answers with. */
final class Problem {

    private Problem() {}

    /**
     * A problem of a kind that a client can tell from others.
     *
     * @param kind such as {@code rule-broken}; the problem's {@code type} is {@code urn:swarm-ledger:problem:rule-broken}
     * @param title the kind in words, the same each time
     * @param detail what was wrong this time, and where
     */
    static ProblemDetail of(HttpStatus status, String kind, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:swarm-ledger:problem:" + kind));
        problem.setTitle(title);
        return problem;
    }
}
