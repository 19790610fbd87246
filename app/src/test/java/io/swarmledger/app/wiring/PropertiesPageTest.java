package io.swarmledger.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The page of properties says what editors are told, which the build takes from the properties themselves. Where they
 * differ, {@code -Dproperties.write=true} writes it anew.
 */
class PropertiesPageTest {

    private static final Path PAGE = Path.of("../docs/properties.md");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    @Test
    void everyPropertyIsOnThePageWithItsDefault() throws IOException {
        String table = table();
        if (Boolean.getBoolean("properties.write")) {
            Files.writeString(PAGE, Files.readString(PAGE).replaceAll("(?s)\\| property .*", "") + table);
        }
        assertThat(table).contains("`swarm-ledger.data`", "`swarm-ledger.http.rate`");
        assertThat(Files.readString(PAGE)).endsWith(table);
    }

    private static String table() throws IOException {
        List<String> rows = new ArrayList<>();
        for (URL metadata :
                Collections.list(PropertiesPageTest.class.getClassLoader().getResources(METADATA))) {
            try (InputStream in = metadata.openStream()) {
                for (JsonNode property : Json.mapper().readTree(in).get("properties")) {
                    if (property.get("name").stringValue().startsWith("swarm-ledger.")) {
                        rows.add(row(property));
                    }
                }
            }
        }
        Collections.sort(rows);
        return "| property | default | |\n| --- | --- | --- |\n" + String.join("", rows);
    }

    private static String row(JsonNode property) {
        String description = property.path("description").stringValue("");
        assertThat(description).as(property.toString()).isNotEmpty();
        JsonNode value = property.path("defaultValue");
        return "| `%s` | %s | %s |\n"
                .formatted(
                        property.get("name").stringValue(),
                        value.isMissingNode() || value.isArray() && value.isEmpty() ? "" : "`" + value.asString() + "`",
                        description);
    }
}
