package io.swarmledger.app.cli;

import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.swarmledger.app.door.Shown;
import io.swarmledger.app.text.FittedTable;
import io.swarmledger.events.Json;
import io.swarmledger.query.Page;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How results are printed: as a table for people, or as the JSON that HTTP would answer. */
final class Output {

    private static final JsonMapper READABLE =
            Json.mapper().rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final PrintWriter out;
    private final PrintWriter err;

    Output(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** A column of a table. */
    static <T> ColumnData<T> column(String title, Function<T, Object> value) {
        return new Column()
                .header(title)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .with(row -> Shown.cell(value.apply(row), 48));
    }

    /** A column of numbers. */
    static <T> ColumnData<T> number(String title, Function<T, Object> value) {
        return new Column()
                .header(title)
                .headerAlign(HorizontalAlign.RIGHT)
                .dataAlign(HorizontalAlign.RIGHT)
                .with(row -> number(value.apply(row)));
    }

    /** A column of ids. */
    static <T> ColumnData<T> id(String title, Function<T, String> value) {
        return column(title, row -> Shown.id(value.apply(row), 36));
    }

    /** A column of times, epoch milliseconds. */
    static <T> ColumnData<T> time(String title, Function<T, Double> value) {
        return column(title, row -> Shown.time(value.apply(row)));
    }

    private static String number(Object value) {
        if (value instanceof Double number) {
            return String.format("%,.0f", number);
        }
        return value == null ? "-" : String.format("%,d", ((Number) value).longValue());
    }

    /** The JSON that HTTP would answer. */
    void json(Object answer) {
        out.println(Shown.json(Json.mapper().writeValueAsString(answer)));
        out.flush();
    }

    /** The same, indented for reading. */
    void readable(Object answer) {
        out.println(Shown.json(READABLE.writeValueAsString(answer)));
        out.flush();
    }

    <T> void table(List<T> rows, List<ColumnData<T>> columns) {
        out.println(FittedTable.of(rows, columns, Screen.width()));
        out.flush();
    }

    /** What is to be known of an answer that is no part of it. */
    void note(String text) {
        err.println(text);
    }

    /** A page as a table, and beneath it how much more there is. */
    <T> void page(Page<T> page, List<ColumnData<T>> columns) {
        table(page.items(), columns);
        err.println(page.items().size() + " of " + (page.totalIsExact() ? "" : "more than ") + page.total());
        if (page.next() != null) {
            err.println("Next page: --cursor " + page.next());
        }
    }
}
