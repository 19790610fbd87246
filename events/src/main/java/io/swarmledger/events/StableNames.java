package io.swarmledger.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.serialization.SimpleSerializedType;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.impl.TypeIdResolverBase;

/** What is inside a token is named as its serializer names what is stored by itself. */
final class StableNames extends TypeIdResolverBase {

    /** The attribute of a mapper that refers to its serializer. */
    static final Object SERIALIZER = StableNames.class;

    static LedgerSerializer serializer(DatabindContext context) {
        return (LedgerSerializer) ((AtomicReference<?>) context.getAttribute(SERIALIZER)).get();
    }

    @Override
    public String idFromValue(DatabindContext context, Object value) {
        return idFromValueAndType(context, value, value.getClass());
    }

    @Override
    public String idFromValueAndType(DatabindContext context, Object value, Class<?> type) {
        return serializer(context).typeForClass(type).getName();
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String name) {
        return context.constructType(serializer(context).classForType(new SimpleSerializedType(name, null)));
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
        return JsonTypeInfo.Id.CUSTOM;
    }
}
