package io.swarmledger.app.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.axonframework.serialization.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {

    @Test
    void itsLengthIsThatOfUtf8() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(20, 0, Character.MAX_CODE_POINT)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .map(c -> random.nextBoolean() ? c : c % 0x900)
                    .forEach(text::appendCodePoint);

            assertThat(StorableText.bytes("text", text.toString()))
                    .as("%s, seed %d", text, seed)
                    .isEqualTo(text.toString().getBytes(StandardCharsets.UTF_8).length);
        }
        assertThat(StorableText.bytes("text", null)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab\uD800", "ab\uDC00c", "ab\uDC00\uD800", "ab\uD800\uD800\uDC00"})
    void halfASurrogatePairIsRefused(String text) {
        assertThatThrownBy(() -> StorableText.bytes("payload", text))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("The payload has half a surrogate pair at 2");
    }
}
