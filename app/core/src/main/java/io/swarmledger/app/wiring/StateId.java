package io.swarmledger.app.wiring;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;

/** The id that states tell of themselves: the component of that name, a text, of whatever record they are. */
final class StateId {

    private static final ClassValue<Optional<Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return type.isRecord()
                    ? Arrays.stream(type.getRecordComponents())
                            .filter(component ->
                                    component.getName().equals("id") && component.getType() == String.class)
                            .map(RecordComponent::getAccessor)
                            .peek(accessor -> accessor.setAccessible(true))
                            .findFirst()
                    : Optional.empty();
        }
    };

    private StateId() {}

    /** Whether states of that class tell it. */
    static boolean isToldBy(Class<?> states) {
        return ACCESSORS.get(states).isPresent();
    }

    /** That of a state whose class tells it. */
    static Object of(Object state) {
        try {
            return ACCESSORS.get(state.getClass()).orElseThrow().invoke(state);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("The id of " + state.getClass().getName() + " cannot be read", impossible);
        }
    }
}
