package io.swarmledger.app.http;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.beans.PropertyAccessException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.FieldError;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What the protocol itself refuses: a path, a method, a media type, a parameter. */
abstract class ProtocolProblems extends ResponseEntityExceptionHandler {

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final int SHOWN = 60;

    @Override
    protected ResponseEntity<Object> handleNoHandlerFoundException(
            NoHandlerFoundException refusal, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return unknownPath(request);
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException refusal, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return unknownPath(request);
    }

    private static ResponseEntity<Object> unknownPath(WebRequest request) {
        String path = path(request);
        // Not taken for the list: whoever forgot an id would be answered everything.
        String remedy = path.endsWith("/") && path.length() > 1
                ? ": leave out the slash at its end, or say an id behind it"
                : "";
        return answer(
                Problem.of(
                        HttpStatus.NOT_FOUND, "unknown-path", "Unknown path", "There is nothing at " + path + remedy),
                HttpHeaders.EMPTY);
    }

    @Override
    protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException refusal,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        Set<HttpMethod> allowed = refusal.getSupportedHttpMethods();
        String detail = refusal.getMethod() + " is not allowed at " + path(request)
                + (allowed == null
                        ? ""
                        : ", but " + allowed.stream().map(HttpMethod::name).collect(Collectors.joining(", ")));
        return answer(Problem.of(HttpStatus.METHOD_NOT_ALLOWED, detail), headers);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException refusal,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String given = refusal.getContentType() == null
                ? "No Content-Type is given"
                : "Content-Type " + refusal.getContentType() + " is not taken at " + path(request);
        String detail = given + "; taken is " + MediaType.toString(refusal.getSupportedMediaTypes());
        return answer(Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail), headers);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException refusal,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String detail = path(request) + " answers " + MediaType.toString(refusal.getSupportedMediaTypes())
                + ", which Accept does not allow";
        return answer(Problem.of(HttpStatus.NOT_ACCEPTABLE, detail), headers);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException refusal,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return malformed(refusal.getParameterName(), "is missing");
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return mismatch(mismatch.getPropertyName(), mismatch.getValue(), mismatch);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException refusal, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        FieldError error = refusal.getBindingResult().getFieldErrors().get(0);
        return mismatch(error.getField(), error.getRejectedValue(), error.unwrap(TypeMismatchException.class));
    }

    private static ResponseEntity<Object> mismatch(String field, Object value, TypeMismatchException mismatch) {
        Object one =
                value != null && value.getClass().isArray() && Array.getLength(value) > 0 ? Array.get(value, 0) : value;
        String text = String.valueOf(one);
        Class<?> wanted = mismatch.getRequiredType();
        boolean whole = Integer.class.equals(wanted) || Long.class.equals(wanted);
        if (whole && text.matches("[+-]?\\d+")) {
            return outOfRange(field, shown(text) + " is beyond every value that is possible");
        }
        if (wanted != null && wanted.isEnum()) {
            return outOfRange(field, shown(text) + " is not one of " + words(wanted));
        }
        return malformed(field, ": " + shown(text) + " " + isNot(wanted, whole, mismatch));
    }

    private static ResponseEntity<Object> outOfRange(String field, String detail) {
        ProblemDetail problem = Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, field + ": " + detail);
        return answer(Problem.field(problem, field), HttpHeaders.EMPTY);
    }

    private static String words(Class<?> wanted) {
        return Arrays.stream(wanted.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String isNot(Class<?> wanted, boolean whole, PropertyAccessException mismatch) {
        if (whole) {
            return "is no whole number";
        }
        if (Boolean.class.equals(wanted) || Boolean.TYPE.equals(wanted)) {
            return "is neither true nor false";
        }
        Throwable cause = mismatch.getMostSpecificCause();
        return cause instanceof IllegalArgumentException ? cause.getMessage() : "cannot be understood";
    }

    private static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }

    private static ResponseEntity<Object> malformed(String field, String detail) {
        String sentence = field + (detail.startsWith(":") ? detail : " " + detail);
        return answer(Problem.field(Problem.of(HttpStatus.BAD_REQUEST, sentence), field), HttpHeaders.EMPTY);
    }

    /** Percent signs that encode nothing, and the like. */
    @ExceptionHandler
    ResponseEntity<Object> invalidQueryString(InvalidParameterException refusal) {
        return answer(Problem.of(HttpStatus.BAD_REQUEST, "The query string cannot be decoded"), HttpHeaders.EMPTY);
    }

    /** A body whose chunks are broken, or whose sender went away. */
    @ExceptionHandler
    ResponseEntity<Object> brokenBody(BadRequestException broken) {
        return answer(
                Problem.of(HttpStatus.BAD_REQUEST, "The body ends before its end, or its chunks are broken"),
                HttpHeaders.EMPTY);
    }

    @Override
    protected ResponseEntity<Object> handleAsyncRequestTimeoutException(
            AsyncRequestTimeoutException timeout, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpHeaders soon = new HttpHeaders();
        soon.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return answer(
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "timeout", "Timed out", path(request) + " took too long"),
                soon);
    }

    /** Whatever else Spring MVC refuses, and what it fails at. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception refusal, Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError()) {
            logger.error("A request failed in a way that nobody foresaw", refusal);
        }
        String detail = body instanceof ProblemDetail problem ? problem.getDetail() : "The request cannot be read";
        return answer(Problem.of(HttpStatus.valueOf(status.value()), detail), headers);
    }

    static String path(WebRequest request) {
        return ((ServletWebRequest) request).getRequest().getRequestURI();
    }

    static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus()).headers(headers).body(problem);
    }
}
