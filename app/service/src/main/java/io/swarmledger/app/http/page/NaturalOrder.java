package io.swarmledger.app.http.page;

import io.swarmledger.query.Page;
import java.util.Comparator;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As people order names: {@code agent-2} comes before {@code agent-10}. */
final class NaturalOrder implements Comparator<String> {

    static final NaturalOrder INSTANCE = new NaturalOrder();

    private static final Pattern RUN = Pattern.compile("([0-9]+)|[^0-9]+");

    private NaturalOrder() {}

    /**
     * The same page in that order, if all of the list is on it. A longer list is in the order that its cursors go on in: its
     * pages would otherwise be sorted each in itself, and not one behind the other.
     *
     * @param cursor {@code null} if it is the first page
     * @param sort what the list is sorted by; {@code null} for its ids
     */
    static <T> Page<T> of(Page<T> page, String cursor, String sort, Function<T, String> name) {
        Comparator<String> order = "-id".equals(sort) ? INSTANCE.reversed() : INSTANCE;
        boolean isByName = sort == null || sort.equals("id") || sort.equals("-id");
        return !isByName || cursor != null || page.next() != null
                ? page
                : new Page<>(
                        page.items().stream()
                                .sorted(Comparator.comparing(name, order))
                                .toList(),
                        page.total(),
                        page.totalIsExact(),
                        null,
                        page.position());
    }

    @Override
    public int compare(String one, String other) {
        Matcher ones = RUN.matcher(one);
        Matcher others = RUN.matcher(other);
        while (ones.find()) {
            if (!others.find()) {
                return 1;
            }
            int runs = compareRuns(ones, others);
            if (runs != 0) {
                return runs;
            }
        }
        return others.find() ? -1 : one.compareTo(other);
    }

    private static int compareRuns(MatchResult one, MatchResult other) {
        if (one.group(1) == null || other.group(1) == null) {
            return one.group().compareTo(other.group());
        }
        String number = one.group().replaceFirst("^0+(?=.)", "");
        String otherNumber = other.group().replaceFirst("^0+(?=.)", "");
        return number.length() == otherNumber.length()
                ? number.compareTo(otherNumber)
                : Integer.compare(number.length(), otherNumber.length());
    }
}
