package io.swarmledger.query.search;

import io.swarmledger.query.log.LogRow;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.search.FoundEvent.Match;
import io.swarmledger.query.search.FoundEvent.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Says where in events the words are. The index has no texts, so SQLite is shown those of a few events once more, in memory:
 * what it found it also marks, and nobody else's idea of a word comes in between.
 */
final class Highlights implements AutoCloseable {

    private static final char BEGINS = '\uE001';
    private static final char ENDS = '\uE002';
    private static final String LEFT_OUT = "…";
    private static final String BETWEEN_TEXTS = " · ";
    private static final int WORDS_AROUND = 24;

    private final SearchText text;
    private SingleConnectionDataSource memory;

    Highlights(SearchText text) {
        this.text = text;
    }

    /** The same events, in the same order, each with what was found in it. */
    List<FoundEvent> of(List<LogRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        JdbcClient jdbc = JdbcClient.create(memory());
        jdbc.sql("DELETE FROM EventWords").update();
        for (LogRow row : rows) {
            EventText texts = EventText.of(row);
            JdbcClient.StatementSpec insert = jdbc.sql(Field.INSERT).param(row.position());
            for (Field field : Field.values()) {
                insert = insert.param(texts.in(field));
            }
            insert.param(texts.mark()).update();
        }
        Map<Long, List<Match>> matches = new HashMap<>();
        jdbc.sql(snippets()).params(text.expression()).query(row -> {
            List<Match> found = new ArrayList<>();
            for (Field field : Field.values()) {
                String snippet = row.getString(field.column());
                if (snippet != null && snippet.indexOf(BEGINS) >= 0) {
                    found.add(new Match(
                            field.column(),
                            pieces(Ideographs.together(snippet).replace(EventText.SEPARATOR, BETWEEN_TEXTS))));
                }
            }
            matches.put(row.getLong("rowid"), found);
        });
        return rows.stream()
                .map(row -> new FoundEvent(RecordedEvent.of(row), matches.getOrDefault(row.position(), List.of())))
                .toList();
    }

    private static String snippets() {
        StringJoiner columns = new StringJoiner(", ", "SELECT rowid, ", " FROM EventWords WHERE EventWords MATCH ?");
        for (Field field : Field.values()) {
            columns.add("snippet(EventWords, " + field.ordinal() + ", '" + BEGINS + "', '" + ENDS + "', '" + LEFT_OUT
                    + "', " + WORDS_AROUND + ") AS \"" + field.column() + "\"");
        }
        return columns.toString();
    }

    private static List<Piece> pieces(String snippet) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < snippet.length()) {
            int begins = snippet.indexOf(BEGINS, at);
            int ends = begins < 0 ? -1 : snippet.indexOf(ENDS, begins);
            if (ends < 0) {
                pieces.add(new Piece(snippet.substring(at), false));
                return pieces;
            }
            if (begins > at) {
                pieces.add(new Piece(snippet.substring(at, begins), false));
            }
            pieces.add(new Piece(snippet.substring(begins + 1, ends), true));
            at = ends + 1;
        }
        return pieces;
    }

    private SingleConnectionDataSource memory() {
        if (memory == null) {
            memory = new SingleConnectionDataSource("jdbc:sqlite::memory:", true);
            JdbcClient.create(memory)
                    .sql("CREATE VIRTUAL TABLE EventWords USING fts5(" + Field.COLUMNS
                            + ", tokenize = 'unicode61 remove_diacritics 2')")
                    .update();
        }
        return memory;
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.destroy();
        }
    }
}
