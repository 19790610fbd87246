package io.swarmledger.app.imports;

/**
 * One reason why a file is refused, and where it is.
 *
 * @param row the {@code rowid} in a database, the line in a text file; {@code null} where the whole file is at fault
 * @param column the name that the file has for it, with the table before it where that is not {@code events}; {@code
 *     null} where no one column is at fault
 * @param reason continues a sentence that begins with the column: "is no JSON: ..."
 */
public record BadRow(Long row, String column, String reason) {

    private static final int SHOWN = 60;
    private static final int LONGEST_REASON = 400;

    public BadRow {
        reason = visible(reason, LONGEST_REASON);
    }

    @Override
    public String toString() {
        if (row == null) {
            return column == null ? reason : "column " + column + " " + reason;
        }
        return column == null ? "row " + row + " " + reason : "row " + row + ", column " + column + ": " + reason;
    }

    /** A value of the file for a message, cut where it is long. */
    static String shown(Object value) {
        return value instanceof String text ? '"' + visible(text, SHOWN) + '"' : visible(String.valueOf(value), SHOWN);
    }

    /** Reasons quote what the file says and end up in terminals: what could steer those is shown as ?. */
    private static String visible(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) + "..." : text;
        StringBuilder visible = new StringBuilder(cut.length());
        cut.chars().forEach(c -> visible.append(c >= ' ' && c < 127 ? (char) c : '?'));
        return visible.toString();
    }
}
