package io.swarmledger.app.text;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table that is no wider than a terminal: its widest columns of text are cut, numbers never. */
public final class FittedTable {

    private static final Character[] LINES = AsciiTable.NO_BORDERS;

    /** A blank on each side of a cell. */
    private static final int BESIDE = 2;

    private static final int NARROWEST = 6;

    private FittedTable() {}

    /** Wide enough for everything. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** A line a row, none longer than {@code width} characters if there is a way. */
    public static <T> String of(List<T> rows, List<ColumnData<T>> columns, int width) {
        int[] widths =
                columns.stream().mapToInt(column -> natural(column, rows)).toArray();
        List<ColumnData<T>> fitted = new ArrayList<>();
        fit(widths, columns, width);
        for (int i = 0; i < widths.length; i++) {
            fitted.add(cut(columns.get(i), widths[i]));
        }
        return AsciiTable.getTable(LINES, rows, fitted);
    }

    private static <T> int natural(ColumnData<T> column, List<T> rows) {
        return rows.stream()
                .map(column::getCellValue)
                .mapToInt(cell -> cell == null ? 0 : cell.length())
                .reduce(column.getHeader().length(), Math::max);
    }

    private static <T> void fit(int[] widths, List<ColumnData<T>> columns, int width) {
        long room = (long) width - (long) widths.length * BESIDE;
        while (IntStream.of(widths).asLongStream().sum() > room) {
            int widest = IntStream.range(0, widths.length)
                    .filter(i -> columns.get(i).getDataAlign() == HorizontalAlign.LEFT && widths[i] > NARROWEST)
                    .reduce(-1, (a, b) -> a < 0 || widths[b] > widths[a] ? b : a);
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private static <T> ColumnData<T> cut(ColumnData<T> column, int width) {
        return new Column()
                .header(column.getHeader())
                .headerAlign(column.getHeaderAlign())
                .dataAlign(column.getDataAlign())
                .maxWidth(width + BESIDE, OverflowBehaviour.ELLIPSIS_RIGHT)
                .with(column::getCellValue);
    }
}
