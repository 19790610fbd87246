package io.swarmledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.query.search.FoundEvent;
import io.swarmledger.query.search.FoundEvent.Match;
import io.swarmledger.query.search.FoundEvent.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {

    @Test
    void whatWasFoundIsWithinItsColumnHoweverFarInTheTextItIs() {
        FoundEvent found = new FoundEvent(
                null,
                List.of(new Match(
                        "error",
                        List.of(
                                new Piece(
                                        "The model gave up after it had been asked for the same thing again: ", false),
                                new Piece("overloaded", true),
                                new Piece(", try later", false)))));
        assertThat(foundIn(found)).isEqualTo("error: … again: [overloaded], try later");
    }

    @Test
    void whatIsFoundEarlyIsShownWithAllThatIsBefore() {
        FoundEvent found = new FoundEvent(
                null, List.of(new Match("type", List.of(new Piece("task:", false), new Piece("failed", true)))));
        assertThat(foundIn(found)).isEqualTo("type: task:[failed]");
    }

    private static String foundIn(FoundEvent found) {
        return Tables.FOUND.get(Tables.FOUND.size() - 1).getCellValue(found);
    }
}
