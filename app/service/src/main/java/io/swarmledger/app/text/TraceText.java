package io.swarmledger.app.text;

import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.swarmledger.app.door.Shown;
import io.swarmledger.query.log.RecordedEvent;
import io.swarmledger.query.trace.Link;
import io.swarmledger.query.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A trace as lines of text, from the root to what came of it last. */
public final class TraceText {

    private static final int WIDTH = 48;
    private static final int ID = 36;

    private TraceText() {}

    private record Line(int steps, String how, RecordedEvent event) {}

    private static final List<ColumnData<Line>> COLUMNS = List.of(
            column("STEP", line -> line.steps() == 0 ? "0" : String.format("%+d", line.steps())),
            column("POSITION", of(RecordedEvent::position)),
            column("TIME", of(event -> Shown.time(event.timestamp()))),
            column("TYPE", of(RecordedEvent::type)),
            column("AGGREGATE", of(event -> Shown.id(event.aggregateId(), ID))),
            column("KNOWN", Line::how));

    private static ColumnData<Line> column(String title, Function<Line, Object> value) {
        return new Column()
                .header(title)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .with(line -> Shown.cell(value.apply(line), WIDTH));
    }

    private static Function<Line, Object> of(Function<RecordedEvent, Object> value) {
        return line -> line.event() == null ? null : value.apply(line.event());
    }

    /** A line a step. */
    public static String of(Trace trace) {
        return of(trace, FittedTable.UNBOUNDED);
    }

    /** The same, no wider than so many characters. */
    public static String of(Trace trace, int width) {
        List<Line> lines = new ArrayList<>();
        trace.causes().forEach(link -> lines.add(0, new Line(-link.steps(), how(link), link.event())));
        lines.add(new Line(0, null, trace.event()));
        trace.effects().forEach(link -> lines.add(new Line(link.steps(), how(link), link.event())));
        return FittedTable.of(lines, COLUMNS, width);
    }

    private static String how(Link link) {
        return link.rule() == null ? link.via().name() : link.via() + ": " + link.rule();
    }
}
