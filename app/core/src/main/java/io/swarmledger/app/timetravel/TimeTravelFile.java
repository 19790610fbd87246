package io.swarmledger.app.timetravel;

import io.swarmledger.app.log.LogStanding;
import io.swarmledger.app.log.sqlite.DerivedFile;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.timetravel.TimeTravelIndex;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The index of all moments, {@code timetravel.db}: it may be deleted at any time and is then made from the log again. It is
 * a file of its own so that making it keeps neither the log's writer nor that of the views waiting.
 */
public final class TimeTravelFile implements AutoCloseable {

    /** Apart from those of the views, which are looked for in all folders of {@code query}. */
    private static final String[] MIGRATIONS = {"classpath:io/swarmledger/timetravel"};

    private final DerivedFile file;

    private TimeTravelFile(DerivedFile file) {
        this.file = file;
    }

    /**
     * Opens the index of a log. A file that cannot be used, tells of another ledger or of more than the log holds, was
     * written in another format, or has something in it that is not of the ledger, is made anew.
     */
    public static TimeTravelFile open(Path file, LogFile log) {
        return new TimeTravelFile(DerivedFile.open(file, log, new Index()));
    }

    /** Has the file looked after for as long as this is open. */
    public TimeTravelFile guarded(Workers workers) {
        file.guarded(workers);
        return this;
    }

    /** Whether that index is written as this program writes it, and not as one of before did. */
    public static boolean isCurrent(Path file) {
        return DerivedFile.isCurrent(file, MIGRATIONS)
                && JdbcClient.create(SqliteConnections.reading(file))
                                .sql("SELECT count(*) FROM Progress WHERE format <> ?")
                                .param(TimeTravelIndex.FORMAT)
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
        public boolean fits(JdbcClient index, LogStanding log) {
            return index.sql("SELECT count(*) FROM Progress WHERE ledgerId <> ? OR format <> ? OR position > ?")
                            .params(log.ledgerId(), TimeTravelIndex.FORMAT, log.head())
                            .query(Long.class)
                            .single()
                    == 0;
        }

        @Override
        public void begin(DataSource index, LogStanding log) {
            JdbcClient.create(index)
                    .sql("INSERT INTO Progress (ledgerId, format, position) SELECT ?, ?, 0"
                            + " WHERE NOT EXISTS (SELECT 1 FROM Progress)")
                    .params(log.ledgerId(), TimeTravelIndex.FORMAT)
                    .update();
        }
    }

    /** Connections that write it. */
    public DataSource writer() {
        return file.writer();
    }

    /** Connections for what the ledger itself reads. */
    public DataSource readers() {
        return file.readers();
    }

    /** Connections for questions. */
    public DataSource questions() {
        return file.questions();
    }

    @Override
    public void close() {
        file.close();
    }
}
