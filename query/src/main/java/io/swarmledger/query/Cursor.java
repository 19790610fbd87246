package io.swarmledger.query;

import io.swarmledger.events.Json;
import io.swarmledger.events.WrittenNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Where a page ended: the sort key of its last item, in a form that nobody is tempted to take apart. */
public final class Cursor {

    private static final TypeReference<List<Object>> PARTS = new TypeReference<>() {};

    private Cursor() {}

    /**
     * The cursor behind the item of that sort key.
     *
     * @param list the name of the list: a cursor of another one says nothing in it
     */
    public static String after(String list, Object... key) {
        List<Object> parts = new ArrayList<>(Arrays.asList(key));
        parts.add(0, list);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.mapper().writeValueAsBytes(parts));
    }

    /**
     * The sort key that a cursor holds.
     *
     * @param types of its parts, in order
     * @throws InvalidQuery if this list never gave such a cursor
     */
    public static List<Object> read(String list, String cursor, Class<?>... types) {
        try {
            List<Object> parts = Json.mapper().readValue(Base64.getUrlDecoder().decode(cursor), PARTS);
            if (parts != null && parts.size() == types.length + 1 && list.equals(parts.get(0))) {
                List<Object> key = parts.subList(1, parts.size()).stream()
                        .map(Cursor::bindable)
                        .toList();
                if (IntStream.range(0, types.length).allMatch(i -> types[i].isInstance(key.get(i)))) {
                    return key;
                }
            }
        } catch (IllegalArgumentException | JacksonException notOurs) {
            // Answered below: what is wrong with it says nothing to whoever sent it.
        }
        throw InvalidQuery.malformed("cursor", "is none that this list gave");
    }

    /** A number that keeps its digits would be a text to a database. */
    private static Object bindable(Object part) {
        return part instanceof WrittenNumber number ? (Object) number.doubleValue() : part;
    }
}
