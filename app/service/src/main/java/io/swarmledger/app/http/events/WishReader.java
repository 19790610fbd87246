package io.swarmledger.app.http.events;

import io.swarmledger.app.door.BodyBrokenOff;
import io.swarmledger.app.door.EventBody;
import io.swarmledger.app.door.EventInput;
import io.swarmledger.app.door.Wish;
import io.swarmledger.app.door.WishForm;
import io.swarmledger.app.http.RequestBytes;
import io.swarmledger.app.http.security.Callers;
import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.commands.AggregateTypes;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.StoredTypes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a {@link Wish} from a request: its form from the body; the path may say whose event it is, headers the rest. */
@Component
public class WishReader implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    private final WishForm form;
    private final long maxEventSize;

    WishReader(AggregateTypes aggregates, StoredTypes types, LedgerProperties properties) {
        form = new WishForm(aggregates, types);
        maxEventSize = properties.maxEventSize().toBytes();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Wish.class.equals(parameter.getParameterType());
    }

    @Override
    public Wish<?> resolveArgument(
            MethodParameter parameter,
            ModelAndViewContainer container,
            NativeWebRequest webRequest,
            WebDataBinderFactory binders)
            throws IOException, HttpMediaTypeNotSupportedException {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        ObjectNode body = isEmpty(request) ? JsonNodeFactory.instance.objectNode() : read(request);
        return form.read(eventOf(parameter), body, beside(request));
    }

    /** The type of event that the handler takes wishes for. */
    @SuppressWarnings("unchecked")
    public static Class<? extends LedgerEvent> eventOf(MethodParameter parameter) {
        return (Class<? extends LedgerEvent>) (Class<?>)
                ResolvableType.forMethodParameter(parameter).getGeneric().toClass();
    }

    private static WishForm.Beside beside(HttpServletRequest request) {
        String key = request.getHeader(AppendEvents.IDEMPOTENCY_KEY);
        String ifMatch = request.getHeader(HttpHeaders.IF_MATCH);
        return new WishForm.Beside(
                idInPath(request),
                key == null ? null : Require.id(AppendEvents.IDEMPOTENCY_KEY, key),
                ifMatch == null ? null : AppendEvents.version(ifMatch),
                Callers.of(request));
    }

    /** What leaves everything to the ledger needs no body. */
    private static boolean isEmpty(HttpServletRequest request) {
        return request.getContentType() == null
                && request.getContentLengthLong() <= 0
                && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    private ObjectNode read(HttpServletRequest request) throws IOException, HttpMediaTypeNotSupportedException {
        requireJson(request);
        try (EventBody body = EventBody.json(input(request))) {
            ObjectNode one = body.next().orElse(null);
            if (one == null || !body.isOne()) {
                throw new MalformedCommand("body", "is an array, not a JSON object");
            }
            return one;
        } catch (UncheckedIOException gone) {
            throw BodyBrokenOff.of(gone.getCause());
        }
    }

    private EventInput input(HttpServletRequest request) throws IOException {
        return new EventInput(request.getInputStream(), RequestBytes.of(request), maxEventSize, () -> {}, () -> {});
    }

    private static void requireJson(HttpServletRequest request) throws HttpMediaTypeNotSupportedException {
        List<MediaType> taken = List.of(MediaType.APPLICATION_JSON);
        try {
            MediaType given =
                    request.getContentType() == null ? null : MediaType.parseMediaType(request.getContentType());
            boolean json = MediaType.APPLICATION_JSON.equalsTypeAndSubtype(given)
                    && (given.getCharset() == null || StandardCharsets.UTF_8.equals(given.getCharset()));
            if (!json) {
                throw new HttpMediaTypeNotSupportedException(given, taken);
            }
        } catch (InvalidMediaTypeException none) {
            throw new HttpMediaTypeNotSupportedException((MediaType) null, taken);
        }
    }

    @SuppressWarnings("unchecked")
    private static String idInPath(HttpServletRequest request) {
        return ((Map<String, String>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)).get("id");
    }
}
