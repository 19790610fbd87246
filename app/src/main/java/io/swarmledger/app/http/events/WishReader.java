package io.swarmledger.app.http.events;

import io.swarmledger.app.door.BodyBrokenOff;
import io.swarmledger.app.wiring.LedgerProperties;
import io.swarmledger.commands.Decide;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.commands.MalformedCommand;
import io.swarmledger.commands.Require;
import io.swarmledger.commands.swarm.SwarmCommand;
import io.swarmledger.events.Envelope;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.StoredTypes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a {@link Wish}: the fields of the event's payload, and beside them what surrounds an event. The path may say
 * whose event it is; where it does not, the payload's own id does, and for a swarm {@code swarmId}.
 */
@Component
public class WishReader implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    /** What may be said of every event, beside its payload. */
    public static final List<String> BESIDE =
            List.of("timestamp", "source", "metadata", "causationId", "correlationId");

    private static final String PAYLOAD = "payload";
    private static final String SWARM_ID = "swarmId";

    private final Payloads payloads;
    private final long maxEventSize;

    WishReader(StoredTypes types, LedgerProperties properties) {
        payloads = new Payloads(types);
        maxEventSize = properties.maxEventSize().toBytes();
    }

    /** The field that says whose event it is, such as {@code agentId}. */
    public static String ownIdOf(Class<? extends LedgerEvent> event) {
        String type = EventTypes.nameOf(event);
        return type.substring(0, type.indexOf(':')) + "Id";
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
        return wish(eventOf(parameter), body, idInPath(request), request);
    }

    /** The type of event that the handler takes wishes for. */
    @SuppressWarnings("unchecked")
    public static Class<? extends LedgerEvent> eventOf(MethodParameter parameter) {
        return (Class<? extends LedgerEvent>) (Class<?>)
                ResolvableType.forMethodParameter(parameter).getGeneric().toClass();
    }

    private Wish<?> wish(
            Class<? extends LedgerEvent> type, ObjectNode body, String idInPath, HttpServletRequest request) {
        requireKnown(type, body);
        String id = idOf(type, body, idInPath);
        PostedEvent posted;
        try {
            posted = PostedEvent.of(event(type, id, body), payloads);
        } catch (MalformedCommand refusal) {
            throw withoutPayload(refusal);
        }
        LedgerCommand command = Decide.of(id, posted.event());
        String key = request.getHeader(AppendEvents.IDEMPOTENCY_KEY);
        Envelope envelope = key == null
                ? posted.envelope()
                : posted.envelope().withId(Require.id(AppendEvents.IDEMPOTENCY_KEY, key));
        String ifMatch = request.getHeader(HttpHeaders.IF_MATCH);
        return new Wish<>(command, posted.metaData(envelope, ifMatch == null ? null : AppendEvents.version(ifMatch)));
    }

    private static void requireKnown(Class<? extends LedgerEvent> type, ObjectNode body) {
        Set<String> known = new LinkedHashSet<>();
        known.add(ownIdOf(type));
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).forEach(known::add);
        known.addAll(BESIDE);
        for (String name : body.propertyNames()) {
            if (!known.contains(name)) {
                throw new MalformedCommand(name, "is no field here; those are " + String.join(", ", known));
            }
        }
    }

    private static String idOf(Class<? extends LedgerEvent> type, ObjectNode body, String idInPath) {
        String field = ownIdOf(type);
        JsonNode inBody = body.path(field);
        if (inBody.isMissingNode() || inBody.isNull()) {
            String id = field.equals(SWARM_ID) && idInPath == null ? SwarmCommand.DEFAULT_ID : idInPath;
            return Require.id(field, id);
        }
        if (!inBody.isString()) {
            throw new MalformedCommand(field, "is not text");
        }
        if (idInPath != null && !idInPath.equals(inBody.stringValue())) {
            throw new MalformedCommand(field, "is not the id in the path");
        }
        return Require.id(field, inBody.stringValue());
    }

    /** As it would be sent to where events of every type are taken. */
    private static ObjectNode event(Class<? extends LedgerEvent> type, String id, ObjectNode body) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("type", EventTypes.nameOf(type));
        event.put("aggregateId", id);
        BESIDE.stream().filter(body::has).forEach(name -> event.set(name, body.remove(name)));
        body.remove(SWARM_ID);
        return event.set(PAYLOAD, body);
    }

    private static MalformedCommand withoutPayload(MalformedCommand refusal) {
        String prefix = PAYLOAD + ".";
        return refusal.field().startsWith(prefix) ? refusal.at(refusal.field().substring(prefix.length())) : refusal;
    }

    /** What leaves everything to the ledger needs no body. */
    private static boolean isEmpty(HttpServletRequest request) {
        return request.getContentType() == null
                && request.getContentLengthLong() <= 0
                && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    private ObjectNode read(HttpServletRequest request) throws IOException, HttpMediaTypeNotSupportedException {
        requireJson(request);
        try (EventBody body = EventBody.json(EventInput.of(request, maxEventSize))) {
            ObjectNode one = body.next().orElse(null);
            if (one == null || !body.isOne()) {
                throw new MalformedCommand("body", "is an array, not a JSON object");
            }
            return one;
        } catch (UncheckedIOException gone) {
            throw BodyBrokenOff.of(gone.getCause());
        }
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
