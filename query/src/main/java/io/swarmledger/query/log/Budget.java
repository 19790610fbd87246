package io.swarmledger.query.log;

import io.swarmledger.query.Room;

/**
 * How much one reading of the log may bring. The first event always comes, however large it is.
 *
 * @param events at most so many
 * @param bytes no further one once those read hold so many bytes, see {@link LogRow#bytes}
 */
public record Budget(int events, long bytes) {

    /** For those who go through much of the log, a page after the other. */
    public static final Budget PAGE = new Budget(500, 4L << 20);

    public Budget {
        if (events < 1 || bytes < 1) {
            throw new IllegalArgumentException("A budget of " + events + " events and " + bytes + " bytes");
        }
    }

    /** For one page of an answer: as many events, as far as there is room for them. */
    public static Budget ofPage(int events) {
        return new Budget(events, Room.ofPage());
    }
}
