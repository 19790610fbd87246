package io.swarmledger.app.timetravel;

import io.swarmledger.app.log.LogStanding;
import io.swarmledger.app.log.sqlite.DerivedFile;
import io.swarmledger.app.log.sqlite.IndexFile;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.app.log.sqlite.SqliteConnections;
import io.swarmledger.app.worker.Workers;
import io.swarmledger.query.ReadModels;
import io.swarmledger.query.timetravel.TimeTravelIndex;
import io.swarmledger.query.view.ReadModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The index of all moments, {@code timetravel.db}: it may be deleted at any time and is then made from the log again. It is
 * a file of its own so that making it keeps neither the log's writer nor that of the views waiting.
 */
public final class TimeTravelFile extends IndexFile {

    /** Apart from those of the views, which are looked for in all folders of {@code query}. */
    private static final String[] MIGRATIONS = {"classpath:io/swarmledger/timetravel"};

    private TimeTravelFile(DerivedFile file) {
        super(file);
    }

    /**
     * Opens the index of a log. A file that cannot be used, tells of another ledger or of more than the log holds, was
     * written in another format or for other read models, or has something in it that is not of the ledger, is made anew.
     */
    public static TimeTravelFile open(Path file, LogFile log, ReadModels models) {
        return new TimeTravelFile(DerivedFile.open(file, log, new Index(models)));
    }

    /** Has the file looked after for as long as this is open. */
    public TimeTravelFile guarded(Workers workers) {
        guard(workers);
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

    private record Index(ReadModels models) implements DerivedFile.Content {

        @Override
        public String[] migrations() {
            return MIGRATIONS;
        }

        @Override
        public Optional<String> outdated(JdbcClient index) {
            if (number(index.sql("SELECT count(*) FROM Progress WHERE format <> ?")
                            .param(TimeTravelIndex.FORMAT))
                    > 0) {
                return Optional.of("another version of this program wrote it");
            }
            List<String> known = index.sql("SELECT type || ' ' || declaration FROM Model ORDER BY model")
                    .query(String.class)
                    .list();
            return known.isEmpty() || known.equals(declared())
                    ? Optional.empty()
                    : Optional.of("the read models are declared otherwise than those that it is of");
        }

        @Override
        public boolean fits(JdbcClient index, LogStanding log) {
            return number(index.sql("SELECT count(*) FROM Progress WHERE ledgerId <> ? OR position > ?")
                            .params(log.ledgerId(), log.head()))
                    == 0;
        }

        private static long number(JdbcClient.StatementSpec count) {
            return count.query(Long.class).single();
        }

        private List<String> declared() {
            return models.all().stream()
                    .map(model -> model.type() + " " + model.declaration())
                    .toList();
        }

        @Override
        public void begin(DataSource index, LogStanding log) {
            JdbcClient.create(index)
                    .sql("INSERT INTO Progress (ledgerId, format, position) SELECT ?, ?, 0"
                            + " WHERE NOT EXISTS (SELECT 1 FROM Progress)")
                    .params(log.ledgerId(), TimeTravelIndex.FORMAT)
                    .update();
            for (ReadModel<?> model : models.all()) {
                JdbcClient.create(index)
                        .sql("INSERT INTO Model (model, type, declaration) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(models.numberOf(model), model.type(), model.declaration())
                        .update();
            }
        }
    }
}
