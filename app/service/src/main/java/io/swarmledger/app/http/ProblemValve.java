package io.swarmledger.app.http;

import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * What Tomcat refuses before any filter sees it, such as a request line that is none or a path that cannot be decoded: a
 * problem as well, where Tomcat would write a page.
 */
final class ProblemValve extends ErrorReportValve {

    private final String ledgerId;

    ProblemValve(String ledgerId) {
        this.ledgerId = ledgerId;
    }

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        AtomicBoolean isThere = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, isThere);
        if (!isThere.get()) {
            return;
        }
        response.setHeader(LedgerIdHeader.NAME, ledgerId);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try {
            response.getReporter().write(problem(response.getStatus()));
            response.finishResponse();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static String problem(int code) {
        HttpStatus status = HttpStatus.resolve(code);
        ProblemDetail problem = Problem.of(
                status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status,
                "The request line, a header or the path cannot be understood, or is too long. An id that a path cannot say is"
                        + " asked for with ?id=");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", problem.getType());
        fields.put("title", problem.getTitle());
        fields.put("status", code);
        fields.put("detail", problem.getDetail());
        return Json.mapper().writeValueAsString(fields);
    }
}
