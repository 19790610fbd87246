package io.swarmledger.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MediansTest {

    private record Figures(String name, double one, Map<String, Throughput> more) {}

    @Test
    void eachNumberIsTheMiddleOneOfItsOwn() {
        List<Figures> rounds = List.of(figures(3, 10), figures(1, 30), figures(2, 20));

        assertThat(Medians.of(rounds, Figures.class)).isEqualTo(figures(2, 20));
    }

    @Test
    void ofAnEvenNumberItIsBetweenTheTwoInTheMiddle() {
        List<Figures> rounds = List.of(figures(1, 10), figures(90, 20), figures(2, 30), figures(3, 900));

        assertThat(Medians.of(rounds, Figures.class)).isEqualTo(figures(2.5, 25));
    }

    private static Figures figures(double one, double other) {
        return new Figures("same", one, Map.of("64", new Throughput(other, other, other, other)));
    }
}
