package io.swarmledger.app.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.query.log.RawJson;
import io.swarmledger.query.log.RecordedEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final long ROOMY = 1 << 20;

    @Test
    void itHasTheNewestAndSaysWhenItDoesNotReachFarEnough() {
        Window window = new Window(4, ROOMY, 10);
        add(window, 11, 12, 13, 14, 15, 16);

        assertThat(window.last()).isEqualTo(16);
        assertThat(behind(window, 12, 10)).containsExactly(13L, 14L, 15L, 16L);
        assertThat(behind(window, 13, 2)).containsExactly(14L, 15L);
        assertThat(behind(window, 16, 10)).isEmpty();
        assertThat(window.behind(11, 10)).isNull();
    }

    @Test
    void itIsBoundedInBytesToo() {
        Window window = new Window(100, 3L * Frame.of(event(11)).bytes().length, 10);
        add(window, 11, 12, 13, 14, 15);

        assertThat(window.behind(11, 10)).isNull();
        assertThat(behind(window, 12, 10)).containsExactly(13L, 14L, 15L);
    }

    /** After a loss that somebody accepted, positions go on behind the lost ones. */
    @Test
    void positionsThatWereLostAreNoEvents() {
        Window window = new Window(4, ROOMY, 10);
        add(window, 11, 13, 14);

        assertThat(behind(window, 10, 10)).containsExactly(11L, 13L, 14L);
        add(window, 16);
        assertThat(behind(window, 12, 10)).containsExactly(13L, 14L, 16L);
        assertThat(window.behind(10, 10)).isNull();

        add(window, 1_000);
        assertThat(behind(window, 999, 10)).containsExactly(1_000L);
        assertThat(window.behind(16, 10)).isNull();
    }

    private static List<Long> behind(Window window, long position, int most) {
        return window.behind(position, most).stream().map(Frame::position).toList();
    }

    private static void add(Window window, long... positions) {
        for (long position : positions) {
            window.add(Frame.of(event(position)));
        }
    }

    private static RecordedEvent event(long position) {
        RawJson none = new RawJson("{}");
        return new RecordedEvent(
                position,
                "id",
                "memory:stored",
                "m",
                "memory",
                1,
                0.0,
                "swarm",
                none,
                none,
                null,
                null,
                "swarm",
                0,
                null);
    }
}
