package io.swarmledger.app.http;

import io.swagger.v3.oas.annotations.Hidden;
import io.swarmledger.app.door.BodyBrokenOff;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What filters and the container refuse or fail at: a problem too, never a page, and never with a stack trace. */
@Hidden
@RestController
class ErrorsOutsideMvc implements ErrorController {

    /** The problem; {@code null} behind an answer that has begun, to which nothing is to be added. */
    @RequestMapping("/error")
    ResponseEntity<ProblemDetail> problem(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null;
        }
        ProblemDetail told = Problems.told(request);
        if (told != null) {
            return ResponseEntity.status(told.getStatus()).body(told);
        }
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : HttpStatus.NOT_FOUND;
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        ProblemDetail problem =
                Problem.of(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status, detail(request, path));
        if (path != null) {
            problem.setInstance(Problem.instance(path.toString()));
        }
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    /** The request that led here is another one: it is always a GET. */
    private static String detail(HttpServletRequest request, Object path) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IOException broken) {
            return BodyBrokenOff.of(broken).getMessage();
        }
        Object method = request.getAttribute(RequestDispatcher.ERROR_METHOD);
        return (method == null ? request.getMethod() : method) + " " + (path == null ? request.getRequestURI() : path)
                + " cannot be answered";
    }
}
