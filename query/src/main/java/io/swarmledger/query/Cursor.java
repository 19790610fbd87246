package io.swarmledger.query;

import io.swarmledger.events.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Where a page ended: the sort key of its last item, in a form that nobody is tempted to take apart. */
public final class Cursor {

    private static final TypeReference<List<Object>> KEY = new TypeReference<>() {};

    private Cursor() {}

    /** The cursor behind the item of that sort key. */
    public static String after(Object... key) {
        String json = Json.mapper().writeValueAsString(Arrays.asList(key));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The sort key that a cursor holds.
     *
     * @param types of its parts, in order
     * @throws InvalidQuery if this list never gave such a cursor
     */
    public static List<Object> read(String cursor, Class<?>... types) {
        try {
            List<Object> key = Json.mapper().readValue(Base64.getUrlDecoder().decode(cursor), KEY);
            if (key.size() == types.length) {
                for (int i = 0; i < types.length; i++) {
                    types[i].cast(key.get(i));
                }
                return key;
            }
        } catch (IllegalArgumentException | JacksonException | ClassCastException notOurs) {
            // Answered below: what is wrong with it says nothing to whoever sent it.
        }
        throw InvalidQuery.malformed("cursor", "is none that this list gave");
    }
}
