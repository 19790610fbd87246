package io.swarmledger.events;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where events of a record have the id of the aggregate that they are told of: in the component that is marked as its
 * {@link AggregateId}, or else in the text called after its type, such as {@code agentId}.
 */
public final class OwnId {

    private static final ClassValue<Optional<OwnId>> OF = new ClassValue<>() {
        @Override
        protected Optional<OwnId> computeValue(Class<?> type) {
            return find(type);
        }
    };

    private final RecordComponent[] components;
    private final int place;
    private final Method accessor;

    private OwnId(RecordComponent[] components, int place) {
        this.components = components;
        this.place = place;
        this.accessor = open(components[place]);
    }

    /**
     * That of a record; empty if its events do not say their aggregate's id.
     *
     * @throws DeclarationRefused if it has more than one, or one that is no text
     */
    public static Optional<OwnId> of(Class<?> record) {
        return OF.get(record);
    }

    private static Optional<OwnId> find(Class<?> type) {
        if (!type.isRecord() || !type.isAnnotationPresent(EventType.class)) {
            return Optional.empty();
        }
        RecordComponent[] components = type.getRecordComponents();
        List<Integer> marked = IntStream.range(0, components.length)
                .filter(i -> components[i].isAnnotationPresent(AggregateId.class))
                .boxed()
                .toList();
        if (marked.size() > 1 || marked.size() == 1 && !isText(components[marked.get(0)])) {
            throw new DeclarationRefused(
                    type.getName() + " has an @AggregateId that is no text, or more than one of them");
        }
        if (!marked.isEmpty()) {
            return Optional.of(new OwnId(components, marked.get(0)));
        }
        String name = nameFor(EventTypes.kindOf(EventTypes.nameOf(type)));
        return IntStream.range(0, components.length)
                .filter(i -> components[i].getName().equals(name) && isText(components[i]))
                .mapToObj(i -> new OwnId(components, i))
                .findFirst();
    }

    private static boolean isText(RecordComponent component) {
        return component.getType() == String.class;
    }

    /** {@code pull-request} is told of in {@code pullRequestId}. */
    private static String nameFor(String type) {
        String[] words = type.split("-");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .filter(word -> !word.isEmpty())
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining())
                + "Id";
    }

    /** An event of an application's need not be public. */
    private static Method open(RecordComponent component) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        return accessor;
    }

    /** The name of that component. */
    public String field() {
        return components[place].getName();
    }

    /** What an event of the record says; {@code null} if it leaves it out. */
    public String in(LedgerEvent event) {
        return (String) valueOf(accessor, event);
    }

    /** The same event with that id. */
    public LedgerEvent with(LedgerEvent event, String id) {
        Object[] values = Arrays.stream(components)
                .map(component -> valueOf(open(component), event))
                .toArray();
        values[place] = id;
        try {
            Constructor<? extends LedgerEvent> constructor = event.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException refused) {
            throw new IllegalStateException(event + " cannot be told with its id " + id, refused);
        }
    }

    private static Object valueOf(Method accessor, LedgerEvent event) {
        try {
            return accessor.invoke(event);
        } catch (ReflectiveOperationException refused) {
            throw new IllegalStateException(accessor + " of a record cannot be read", refused);
        }
    }
}
