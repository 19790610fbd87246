package io.swarmledger.query.log;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swarmledger.events.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * JSON as it lies in the log, to the character. Inside another document it stays so; text that is no JSON, which only a
 * damaged file has, is shown as a string there, so that it spoils nothing around it.
 *
 * @param text as stored
 */
@JsonSerialize(using = RawJson.AsItIs.class)
public record RawJson(String text) {

    /**
     * Parsed.
     *
     * @throws JacksonException if it is no JSON
     */
    @JsonIgnore
    public JsonNode tree() {
        return Json.mapper().readTree(text);
    }

    private boolean isJson() {
        try (JsonParser parser = Json.mapper().createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException defect) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text;
    }

    static final class AsItIs extends ValueSerializer<RawJson> {

        @Override
        public void serialize(RawJson json, JsonGenerator out, SerializationContext context) {
            if (json.isJson()) {
                out.writeRawValue(json.text());
            } else {
                out.writeString(json.text());
            }
        }
    }
}
