package io.swarmledger.query.timetravel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What became of one thing from one moment to another.
 *
 * @param type agent, task, memory or swarm
 * @param event the last event that changed something of it
 * @param fields what is different, in the order of the state's fields; of what appeared, everything that it has; of lists
 *     that grow the last {@value StateOfAll#LAST_ITEMS} items
 */
public record Change(String type, String id, String swarmId, Kind kind, EventRef event, List<Field> fields) {

    /** A thing is there that was not, is gone that was there, or is another. */
    public enum Kind {
        appeared,
        ended,
        changed;

        /** Of what was there and is there, {@code null} for what is not; one of them is. */
        static Kind between(Object before, Object after) {
            if (before == null) {
                return appeared;
            }
            return after == null ? ended : changed;
        }
    }

    /**
     * A field that is different.
     *
     * @param from its value before, {@code null} if it had none
     * @param to its value after
     * @param event the event that gave it that value; {@code null} if more than one ledger is spoken of and the other
     *     one has none
     * @param fromSize how many items the list had before of which {@code from} has the last; {@code null} if it has all
     * @param toSize how many it has of which {@code to} has the last, likewise
     */
    public record Field(
            String field,
            Object from,
            Object to,
            EventRef event,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long fromSize,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long toSize) {

        /** A field of which nothing is cut. */
        public Field(String field, Object from, Object to, EventRef event) {
            this(field, from, to, event, null, null);
        }
    }
}
