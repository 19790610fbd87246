package io.swarmledger.app.http.security;

import io.swarmledger.events.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** Answers with a problem where Spring MVC has not been reached yet. */
final class ProblemAnswer {

    private ProblemAnswer() {}

    static void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", problem.getType());
        fields.put("title", problem.getTitle());
        fields.put("status", problem.getStatus());
        fields.put("detail", problem.getDetail());
        byte[] body = Json.mapper().writeValueAsBytes(fields);
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
