package io.swarmledger.app.http.command;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swarmledger.app.door.Wish;
import io.swarmledger.app.door.WishForm;
import io.swarmledger.app.http.ApiDescription;
import io.swarmledger.app.http.events.WishReader;
import io.swarmledger.commands.Require;
import io.swarmledger.events.LedgerEvent;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** Describes the bodies of the typed commands: a {@link Wish} is read by hand, and so nobody else can. */
@Configuration(proxyBeanMethods = false)
class CommandDescription {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Wish.class);
    }

    private static final Map<String, Schema<?>> BESIDE = Map.of(
            "timestamp",
            new NumberSchema().format("double").description("When it happened, epoch milliseconds; now unless given"),
            "source",
            new StringSchema().description("Who says so: an agent's id, or swarm, which is the default"),
            "metadata",
            new MapSchema().additionalProperties(true).description("Whatever the caller adds; swarmId is its swarm"),
            "causationId",
            new StringSchema().description("The id of the event that caused this one"),
            "correlationId",
            new StringSchema().description("What this belongs to, such as a run"));

    @Bean
    OperationCustomizer ledgerCommandOperations() {
        return (operation, handler) -> {
            for (MethodParameter parameter : handler.getMethodParameters()) {
                if (Wish.class.equals(parameter.getParameterType())) {
                    describe(operation, handler, WishReader.eventOf(parameter));
                }
            }
            return operation;
        };
    }

    private static void describe(Operation operation, HandlerMethod handler, Class<? extends LedgerEvent> event) {
        if (handler.getMethodAnnotation(PostMapping.class).value().length > 0) {
            operation.addParametersItem(new PathParameter().name("id").schema(new StringSchema()));
        }
        for (String header : List.of("Idempotency-Key", HttpHeaders.IF_MATCH)) {
            operation.addParametersItem(new HeaderParameter().name(header).schema(new StringSchema()));
        }
        Schema<?> body = bodyOf(event, handler.getMethod().getName());
        operation.addExtension(ApiDescription.SCHEMA, body);
        operation.setRequestBody(new RequestBody()
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_JSON_VALUE,
                                new MediaType().schema(new Schema<>().$ref(body.getName())))));
    }

    /** The payload's fields, and beside them what surrounds an event. */
    private static Schema<?> bodyOf(Class<? extends LedgerEvent> event, String command) {
        ResolvedSchema payload =
                ModelConverters.getInstance().readAllAsResolvedSchema(new AnnotatedType(event).resolveAsRef(false));
        ObjectSchema body = new ObjectSchema();
        body.setName(Character.toUpperCase(command.charAt(0)) + command.substring(1));
        body.addProperty(
                WishForm.ownIdOf(event),
                new StringSchema().description("May be left out where the path says it, and must agree with it"));
        payload.schema.getProperties().forEach((name, field) -> body.getProperties()
                .putIfAbsent((String) name, (Schema<?>) field));
        body.getProperties().forEach((name, field) -> {
            if ("string".equals(field.getType()) && !Require.AT_LENGTH.contains(name)) {
                field.setMaxLength(Require.LONGEST_NAME);
            }
        });
        WishForm.BESIDE.forEach(name -> body.addProperty(name, BESIDE.get(name)));
        return body;
    }
}
