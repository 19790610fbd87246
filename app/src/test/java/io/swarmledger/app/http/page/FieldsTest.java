package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.http.page.Fields.Changed;
import io.swarmledger.query.timetravel.Change;
import io.swarmledger.query.timetravel.Change.Field;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldsTest {

    private final Fields fields = new Fields(new Show(Clock.systemUTC(), Duration.ofHours(1)));

    private Changed changed(List<String> from, List<String> to, Long fromSize, Long toSize) {
        Field field = new Field("completedTasks", from, to, null, fromSize, toSize);
        return fields.of(new Change("agent", "a", "s", Change.Kind.changed, null, List.of(field)))
                .get(0);
    }

    private static List<String> tasks(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "t" + i).toList();
    }

    @Test
    void aListIsToldByWhatCameAndWent() {
        Changed changed = changed(tasks(1, 3), tasks(2, 4), null, null);
        assertThat(changed.from()).isEqualTo("3 items");
        assertThat(changed.to()).isEqualTo("+ t4, − t1");
    }

    @Test
    void ofACutListIsSaidHowLongItIsAndWhatIsOutOfSightDidNotGo() {
        Changed more = changed(tasks(1, 1_000), tasks(3, 1_002), null, 1_002L);
        assertThat(more.from()).isEqualTo("1000 items");
        assertThat(more.to()).isEqualTo("+ t1001, t1002");

        Changed muchMore = changed(tasks(1, 1_000), tasks(4_001, 5_000), null, 5_000L);
        assertThat(muchMore.to()).isEqualTo("+ t4001, t4002, t4003, t4004, t4005 and 3\u2009995 more");

        assertThat(changed(tasks(201, 1_200), tasks(202, 1_201), 1_200L, 1_201L).from())
                .isEqualTo("1200 items");
        assertThat(changed(null, tasks(201, 1_200), null, 1_200L).to())
                .isEqualTo("t201, t202, t203, t204, t205 and 1\u2009195 more");
    }
}
