package io.swarmledger.app.search;

import io.swarmledger.app.log.LogStanding;
import io.swarmledger.app.log.sqlite.DerivedFile;
import io.swarmledger.app.log.sqlite.IndexFile;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.search.SearchIndex;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The index of words, {@code search.db}: it may be deleted at any time and is then made from the log again. It is a file of
 * its own so that making it keeps nobody else's writer waiting.
 */
public final class SearchFile extends IndexFile {

    /** Apart from those of the views, which are looked for in all folders of {@code query}. */
    private static final String[] MIGRATIONS = {"classpath:io/swarmledger/search"};

    private static final String OF_ANOTHER_FORMAT = "SELECT count(*) FROM Progress WHERE format <> ?";

    private SearchFile(DerivedFile file) {
        super(file);
    }

    /**
     * Opens the index of a log. A file that cannot be used, tells of another ledger or of more than the log holds, was
     * written in another format, or has something in it that is not of the ledger, is made anew.
     */
    public static SearchFile open(Path file, LogFile log) {
        return new SearchFile(DerivedFile.open(file, log, new Index()));
    }

    /** Has the file looked after for as long as this is open. */
    public SearchFile guarded(Workers workers) {
        guard(workers);
        return this;
    }

    /** Whether that index is written as this program writes it, and not as one of before did. */
    public static boolean isCurrent(Path file) {
        return DerivedFile.isCurrent(file, MIGRATIONS)
                && isOfThisFormat(JdbcClient.create(SqliteConnections.reading(file)));
    }

    private static boolean isOfThisFormat(JdbcClient index) {
        return index.sql(OF_ANOTHER_FORMAT)
                        .param(SearchIndex.FORMAT)
                        .query(Long.class)
                        .single()
                == 0;
    }

    private static final class Index implements DerivedFile.Content {

        @Override
        public String[] migrations() {
            return MIGRATIONS;
        }

        @Override
        public Optional<String> outdated(JdbcClient index) {
            return isOfThisFormat(index) ? Optional.empty() : Optional.of("another version of this program wrote it");
        }

        @Override
        public boolean fits(JdbcClient index, LogStanding log) {
            return index.sql("SELECT count(*) FROM Progress WHERE ledgerId <> ? OR position > ?")
                            .params(log.ledgerId(), log.head())
                            .query(Long.class)
                            .single()
                    == 0;
        }

        @Override
        public void begin(DataSource index, LogStanding log) {
            JdbcClient.create(index)
                    .sql("INSERT INTO Progress (ledgerId, format, position, partly) SELECT ?, ?, 0, 0"
                            + " WHERE NOT EXISTS (SELECT 1 FROM Progress)")
                    .params(log.ledgerId(), SearchIndex.FORMAT)
                    .update();
        }
    }
}
