package io.swarmledger.app.http.page;

import io.swarmledger.app.door.Moment;
import io.swarmledger.query.activity.GetActivity;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** The time that a person looks at: typed into the bar of any page, and kept in the address from page to page. */
record Range(Bound after, Bound before) {

    static final String AFTER = "after";
    static final String BEFORE = "before";

    private static final String ATTRIBUTE = Range.class.getName();
    private static final Range NONE = new Range(Bound.NONE, Bound.NONE);

    /**
     * One end of it.
     *
     * @param typed as it was typed, {@code null} if nothing was
     * @param time {@code null} if there is none, or what was typed is none
     * @param shown as it stands in its field
     * @param refusal what is wrong with what was typed; {@code null} for nothing
     */
    record Bound(String typed, TypedTime time, String shown, String refusal) {

        private static final Bound NONE = new Bound(null, null, null, null);

        static Bound of(String typed, ZoneId zone, double now) {
            if (typed == null) {
                return NONE;
            }
            TypedTime time = TypedTime.read(typed, zone, now);
            return time == null
                    ? new Bound(
                            typed,
                            null,
                            typed,
                            "No time, so nothing is limited by it: write 10m, yesterday 14:00 or 2026-01-04 10:00 ("
                                    + zone + ")")
                    : new Bound(typed, time, time.isAge() ? typed : TypedTime.written(time.moment(), zone), null);
        }

        private Bound refused(String why) {
            return new Bound(typed, null, shown, why);
        }

        /** {@code null} for no bound. */
        public Moment moment() {
            return time == null ? null : time.moment();
        }

        /** Epoch milliseconds; {@code null} for no bound. */
        public Double millis() {
            return Moment.millisOf(moment());
        }

        public boolean isAge() {
            return time != null && time.isAge();
        }

        /**
         * As it is kept in an address: a moment that means the same in any zone and on any day, an age as it is. What is
         * no time stays as it was typed.
         */
        public String kept() {
            return time == null || time.isAge() || isOfPrograms()
                    ? typed
                    : time.moment().toString();
        }

        private boolean isOfPrograms() {
            try {
                Moment.parse(typed);
                return true;
            } catch (IllegalArgumentException typedByAPerson) {
                return false;
            }
        }
    }

    /** That of a request. */
    static Range of(HttpServletRequest request, double now) {
        Range known = (Range) request.getAttribute(ATTRIBUTE);
        if (known == null) {
            known = read(request, Times.of(request).zone(), now);
            request.setAttribute(ATTRIBUTE, known);
        }
        return known;
    }

    private static Range read(HttpServletRequest request, ZoneId zone, double now) {
        Bound after = Bound.of(Given.orNull(request.getParameter(AFTER)), zone, now);
        Bound before = Bound.of(Given.orNull(request.getParameter(BEFORE)), zone, now);
        boolean isEmpty = after.millis() != null && before.millis() != null && before.millis() <= after.millis();
        return new Range(after, isEmpty ? before.refused("Not later than After, so nothing is limited by it") : before);
    }

    /** That of the request that this thread answers; none where it answers none. */
    static Range current() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        Range known = request == null ? null : (Range) request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        return known == null ? NONE : known;
    }

    /** Later than that, epoch milliseconds. */
    Double from() {
        return after.millis();
    }

    /** Earlier than that, epoch milliseconds. */
    Double to() {
        return before.millis();
    }

    /** How dense events are in it: up to now, where it has a beginning alone. */
    GetActivity activity(int buckets, String swarmId, double now) {
        Double to = to() == null && from() != null ? Double.valueOf(Math.max(now, from())) : to();
        return GetActivity.whole()
                .with(activity -> activity.from(from()).to(to).buckets(buckets).swarmId(swarmId));
    }

    /** Whether anything was typed, be it a time or not. */
    public boolean isGiven() {
        return Stream.of(after, before).anyMatch(bound -> bound.typed() != null);
    }

    /** Whether it limits anything. */
    public boolean isSet() {
        return Stream.of(after, before).anyMatch(bound -> bound.time() != null);
    }

    /** Whether it goes on with the time. */
    public boolean isMoving() {
        return after.isAge() || before.isAge();
    }
}
