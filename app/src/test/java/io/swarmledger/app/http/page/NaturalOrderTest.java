package io.swarmledger.app.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.query.Page;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

    private static List<String> sorted(String next, String cursor, String... names) {
        return NaturalOrder.of(new Page<>(List.of(names), names.length, true, next), cursor, null, Function.identity())
                .items();
    }

    @Test
    void numbersInNamesAreNumbers() {
        assertThat(sorted(null, null, "a-1", "a-10", "a-2", "a", "a-02", "a-2-b", "a-2-10", "a-2-9", "", "7", "10"))
                .containsExactly("", "7", "10", "a", "a-1", "a-02", "a-2", "a-2-9", "a-2-10", "a-2-b", "a-10");
        assertThat(sorted(null, null, "t-20000000000000000000000", "t-9999999999999999999999", "t-x"))
                .containsExactly("t-9999999999999999999999", "t-20000000000000000000000", "t-x");
    }

    /** They would be in another order than their cursors. */
    @Test
    void partsOfAListStayAsTheyAre() {
        assertThat(sorted("more", null, "a-1", "a-10", "a-2")).containsExactly("a-1", "a-10", "a-2");
        assertThat(sorted(null, "from", "a-1", "a-10", "a-2")).containsExactly("a-1", "a-10", "a-2");
    }
}
