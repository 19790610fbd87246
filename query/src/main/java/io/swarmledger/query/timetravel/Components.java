package io.swarmledger.query.timetravel;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swarmledger.events.Json;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The fields of a state, by the names that its JSON has. Every state is a record. */
final class Components {

    private static final ClassValue<Map<String, UnaryOperator<Object>>> OF = new ClassValue<>() {
        @Override
        protected Map<String, UnaryOperator<Object>> computeValue(Class<?> type) {
            Map<String, UnaryOperator<Object>> components = new LinkedHashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                UnaryOperator<Object> value = reading(component);
                if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                    get(component.getType())
                            .forEach((name, part) -> components.put(name, state -> {
                                Object whole = value.apply(state);
                                return whole == null ? null : part.apply(whole);
                            }));
                } else {
                    components.put(component.getName(), value);
                }
            }
            return components;
        }
    };

    private Components() {}

    /** The names of the fields of such states, in order. */
    static Set<String> names(Class<?> type) {
        return OF.get(type).keySet();
    }

    /** A field's value; {@code null} if there is no state. */
    static Object value(Object state, String field) {
        return state == null ? null : OF.get(state.getClass()).get(field).apply(state);
    }

    private static UnaryOperator<Object> reading(RecordComponent component) {
        Method accessor = component.getAccessor();
        // A state of an application's need not be public.
        accessor.setAccessible(true);
        return state -> {
            try {
                return accessor.invoke(state);
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(broken);
            }
        };
    }

    /**
     * Whether two values of a field say the same. Of JSON that a caller gave, one may have been written down and read again,
     * and 1.0 is 1 then.
     */
    static boolean same(Object one, Object other) {
        return Objects.equals(one, other)
                || isJson(one)
                        && isJson(other)
                        && Json.mapper()
                                .writeValueAsString(one)
                                .equals(Json.mapper().writeValueAsString(other));
    }

    private static boolean isJson(Object value) {
        return value instanceof Map || value instanceof Collection || value instanceof Number;
    }

    /** The fields whose values differ, in their order, each with both; a state may be {@code null}. */
    static Map<String, Object[]> different(Object before, Object after) {
        Map<String, Object[]> different = new LinkedHashMap<>();
        if (before == null && after == null) {
            return different;
        }
        OF.get((before == null ? after : before).getClass()).keySet().forEach(field -> {
            Object was = value(before, field);
            Object is = value(after, field);
            if (!same(was, is)) {
                different.put(field, new Object[] {was, is});
            }
        });
        return different;
    }
}
