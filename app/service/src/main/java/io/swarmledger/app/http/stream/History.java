package io.swarmledger.app.http.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swarmledger.app.door.EventFilter;
import io.swarmledger.app.door.EventPage;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.query.log.FindEvents;
import io.swarmledger.query.log.FollowEvents;
import io.swarmledger.query.log.Stretch;
import java.util.List;

/**
 * The log for those who are behind, some events at a time. Many who come together begin at the same place and go the same
 * way: what one of them was given is kept for the others, as bytes, as far as memory allows. What a filter picks is read
 * for each alone.
 */
final class History {

    private static final int AT_ONCE = 64;
    private static final long MOST_BYTES =
            Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 32);

    private final Gateways gateways;

    /** By the position that they follow; each is whole, and the log never changes. */
    private final Cache<Long, List<Frame>> blocks = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Long after, List<Frame> block) ->
                    block.stream().mapToInt(frame -> frame.bytes().length).sum())
            .build();

    History(Gateways gateways) {
        this.gateways = gateways;
    }

    /**
     * A part of the log as it goes over the wire.
     *
     * @param upTo the position up to which there are no others that match
     */
    record Part(List<Frame> frames, long upTo) {}

    /** Some of the events behind {@code position} that match. */
    Part behind(long position, EventFilter filter) {
        if (!filter.isEverything()) {
            return read(filter.query(EventPage.first(1)), position);
        }
        long after = position - position % AT_ONCE;
        List<Frame> block = blocks.getIfPresent(after);
        if (block != null) {
            return behind(position, new Part(block, block.get(AT_ONCE - 1).position()));
        }
        Part part = read(FindEvents.all(), after);
        if (part.frames().size() == AT_ONCE) {
            blocks.put(after, part.frames());
        }
        // Where events are large there are fewer than were asked for, perhaps none that is new to this one.
        return part.upTo() > position ? behind(position, part) : read(FindEvents.all(), position);
    }

    private static Part behind(long position, Part part) {
        return new Part(
                part.frames().stream()
                        .filter(frame -> frame.position() > position)
                        .toList(),
                part.upTo());
    }

    private Part read(FindEvents filter, long after) {
        Stretch stretch = gateways.ask(new FollowEvents(filter, after, AT_ONCE), Stretch.class, null);
        return new Part(stretch.events().stream().map(Frame::of).toList(), stretch.upTo());
    }
}
