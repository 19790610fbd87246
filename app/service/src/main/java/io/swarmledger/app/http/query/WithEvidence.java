package io.swarmledger.app.http.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swarmledger.app.http.DoorPath;
import io.swarmledger.query.timetravel.FindEvidence;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * An answer, and where to ask for the events behind its numbers.
 *
 * @param evidence of the position that the answer was read at, so that it is what was counted whatever happens since; by
 *     the name of the number; only where it was asked for
 */
record WithEvidence<T>(
        @JsonUnwrapped T answer, @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, String> evidence) {

    static final String PATH = "/api/evidence";

    /** The answer, with its links if they are asked for. */
    static <T> WithEvidence<T> of(T answer, boolean asked, Supplier<Map<String, String>> links) {
        return new WithEvidence<>(answer, asked ? links.get() : null);
    }

    /** Where that evidence is. */
    static String link(FindEvidence query) {
        UriComponentsBuilder link = UriComponentsBuilder.fromPath(DoorPath.outside(PATH))
                .queryParam("type", query.type())
                .queryParam("field", query.field());
        if (query.status() != null) {
            link.queryParam("status", "{status}");
        }
        if (query.namespace() != null) {
            link.queryParam("namespace", "{namespace}");
        }
        if (query.swarmId() != null) {
            link.queryParam("swarmId", "{swarmId}");
        }
        if (query.position() != null) {
            link.queryParam("position", query.position());
        }
        return link.encode()
                .buildAndExpand(Map.of(
                        "status", orNothing(query.status()),
                        "namespace", orNothing(query.namespace()),
                        "swarmId", orNothing(query.swarmId())))
                .toUriString();
    }

    private static String orNothing(String value) {
        return value == null ? "" : value;
    }
}
