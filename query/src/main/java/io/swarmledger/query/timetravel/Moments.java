package io.swarmledger.query.timetravel;

import io.swarmledger.query.ReadModels;
import io.swarmledger.query.log.EventLog;
import io.swarmledger.query.log.EventReader;
import io.swarmledger.query.view.ReadModel;
import io.swarmledger.query.view.Reading;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the index of all moments says, for whoever holds it against the log. */
public final class Moments {

    private final Reading index;
    private final EventLog log;
    private final EventReader reader;
    private final ReadModels models;

    public Moments(Reading index, EventLog log, EventReader reader, ReadModels models) {
        this.index = index;
        this.log = log;
        this.reader = reader;
        this.models = models;
    }

    /** Reads one moment of the index, whatever it takes in meanwhile. */
    public <T> T read(Function<Moment, T> questions) {
        return index.read(moment -> questions.apply(new Moment(moment)));
    }

    /** The index as it was when it was asked. */
    public final class Moment {

        private final JdbcClient moment;

        private Moment(JdbcClient moment) {
            this.moment = moment;
        }

        /** What it has seen of the log. */
        public long position() {
            return moment.sql("SELECT position FROM Progress").query(Long.class).single();
        }

        /** The ids of all things of that model that it knows of. */
        public List<String> ids(ReadModel<?> model) {
            return moment.sql("SELECT id FROM Thing WHERE model = ?")
                    .param(models.numberOf(model))
                    .query(String.class)
                    .list();
        }

        /** The state of a thing at a position, its lists whole; {@code null} if there was none. */
        public <S> S state(ReadModel<S> model, String id, long position) {
            return moment.sql("SELECT thing FROM Thing WHERE model = ? AND id = ?")
                    .params(models.numberOf(model), id)
                    .query(Long.class)
                    .optional()
                    .map(number -> {
                        Past past = new Past(moment, log, reader);
                        Thing<S> thing = new Thing<>(number, model, id);
                        return past.withLists(thing, past.at(thing, position), position, Long.MAX_VALUE);
                    })
                    .orElse(null);
        }
    }
}
