package io.swarmledger.app.http;

import io.swarmledger.app.door.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Makes the problems of RFC 9457 that this ledger answers with. */
public final class Problem {

    private Problem() {}

    /**
     * A problem of a kind that a client can tell from others.
     *
     * @param kind such as {@code rule-broken}; the problem's {@code type} is {@code urn:swarm-ledger:problem:rule-broken}
     * @param title the kind in words, the same each time
     * @param detail what was wrong this time, and where
     */
    public static ProblemDetail of(HttpStatus status, String kind, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:swarm-ledger:problem:" + kind));
        problem.setTitle(title);
        return problem;
    }

    /** What a refusal is. */
    public static ProblemDetail of(Refusal refusal) {
        ProblemDetail problem =
                of(HttpStatus.valueOf(refusal.status()), refusal.type(), refusal.title(), refusal.detail());
        refusal.members().forEach(problem::setProperty);
        return problem;
    }

    /** A problem of which nothing more is known than its status. */
    static ProblemDetail of(HttpStatus status, String detail) {
        return switch (status) {
            case BAD_REQUEST -> of(status, "malformed", "Malformed request", detail);
            case NOT_FOUND -> of(status, "unknown", "Not there", detail);
            case METHOD_NOT_ALLOWED -> of(status, "method-not-allowed", "Method not allowed", detail);
            case NOT_ACCEPTABLE -> of(status, "not-acceptable", "Not acceptable", detail);
            case CONTENT_TOO_LARGE -> of(status, "too-large", "Too large", detail);
            case UNSUPPORTED_MEDIA_TYPE -> of(status, "unsupported-media-type", "Unsupported media type", detail);
            case UNPROCESSABLE_CONTENT -> of(status, "out-of-range", "Value out of range", detail);
            case INTERNAL_SERVER_ERROR -> of(
                    status,
                    "unforeseen",
                    "Unforeseen failure",
                    "The ledger failed in a way that nobody foresaw; its own log says more");
            default -> of(
                    status,
                    status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-'),
                    reason(status),
                    detail);
        };
    }

    private static String reason(HttpStatus status) {
        String phrase = status.getReasonPhrase();
        return phrase.charAt(0) + phrase.substring(1).toLowerCase(Locale.ROOT);
    }

    /** The same, naming the field at fault. */
    static ProblemDetail field(ProblemDetail problem, String field) {
        problem.setProperty("field", field);
        return problem;
    }

    /** A path as a problem's {@code instance}, or the root for one that is no URI. */
    static URI instance(String path) {
        try {
            return new URI(path);
        } catch (URISyntaxException noUri) {
            return URI.create("/");
        }
    }
}
