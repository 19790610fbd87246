package io.swarmledger.app.http.page;

import io.swarmledger.app.http.DoorPath;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** A problem as a page, for whoever looks at pages. Programs are answered with the problem itself. */
public final class ProblemPage extends AbstractHttpMessageConverter<ProblemDetail> {

    private static final List<String> OF_PROGRAMS = List.of("/api/", "/actuator", "/v3/");

    private final ObjectProvider<? extends ViewResolver> views;
    private final ObjectProvider<Shell> shell;
    private final Show show;

    ProblemPage(ObjectProvider<? extends ViewResolver> views, ObjectProvider<Shell> shell, Show show) {
        super(StandardCharsets.UTF_8, MediaType.TEXT_HTML);
        this.views = views;
        this.shell = shell;
        this.show = show;
    }

    /** Whether a request is one for a page: it says that it takes one, and asks for what is no program's. */
    public static boolean isMeant(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null
                && accept.contains(MediaType.TEXT_HTML_VALUE)
                && OF_PROGRAMS.stream().noneMatch(DoorPath.failedWithin(request)::startsWith);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return false;
    }

    @Override
    public boolean canRead(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    public boolean canWrite(Class<?> type, MediaType mediaType) {
        return ProblemDetail.class.isAssignableFrom(type) && canWrite(mediaType) && isMeant(request());
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }

    @Override
    protected ProblemDetail readInternal(Class<? extends ProblemDetail> type, HttpInputMessage input)
            throws HttpMessageNotReadableException {
        throw new UnsupportedOperationException("Nobody sends a problem as a page");
    }

    @Override
    protected void writeInternal(ProblemDetail problem, HttpOutputMessage output)
            throws IOException, HttpMessageNotWritableException {
        HttpServletRequest request = request();
        Map<String, Object> page = new HashMap<>();
        page.put("problem", problem);
        page.put(AroundPages.SHOW, show);
        page.put(AroundPages.HERE, Here.of(request));
        page.put(AroundPages.FRAME, shell.getObject().around(request));
        try {
            ContentCachingResponseWrapper rendered =
                    new ContentCachingResponseWrapper(((ServletServerHttpResponse) output).getServletResponse());
            views.getObject().resolveViewName("problem", Locale.ROOT).render(page, request, rendered);
            output.getBody().write(rendered.getContentAsByteArray());
        } catch (Exception failure) {
            throw new HttpMessageNotWritableException("The page of a problem cannot be rendered", failure);
        }
    }
}
