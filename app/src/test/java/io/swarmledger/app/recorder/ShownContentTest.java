package io.swarmledger.app.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.log.StorableText;
import io.swarmledger.events.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ShownContentTest {

    private static final String TOKEN = "ghp" + "_0123456789abcdefghijABCDEFGHIJ012345";

    private final ShownContent none = new ShownContent(Content.NONE);
    private final ShownContent titles = new ShownContent(Content.TITLES);
    private final ShownContent full = new ShownContent(Content.FULL);

    @Test
    void aTitleIsOneLineOfAtMostTwoHundredCharacters() {
        assertThat(titles.title("  echo a\n\techo b ")).isEqualTo("echo a echo b");
        assertThat(titles.title("x".repeat(500))).hasSize(200);
        assertThat(titles.title(" \n ")).isNull();
        assertThat(none.title("echo")).isNull();
    }

    @Test
    void aCutLeavesNoHalfOfAPair() {
        String smileys = "x" + "\uD83D\uDE00".repeat(200);

        assertThat(titles.title(smileys)).hasSize(199);
        StorableText.bytes("title", titles.title(smileys));
        StorableText.bytes("error", titles.error("a\uD83D" + "b\uDE00"));
        assertThat(titles.error("a\uD83D" + "b\uDE00")).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void aSecretIsTakenOutBeforeTheCutThatWouldHideWhatItIs() {
        assertThat(titles.title("x".repeat(190) + " " + TOKEN)).doesNotContain("ghp_");
        assertThat(titles.error("x".repeat(1_990) + " " + TOKEN))
                .doesNotContain("ghp_")
                .hasSize(2_000);
    }

    @Test
    void thatThereWasAnErrorIsAlwaysSaid() {
        assertThat(none.error("Exit code 1")).isEqualTo("failed");
        assertThat(titles.error("")).isEqualTo("failed");
        assertThat(titles.error(null)).isEqualTo("failed");
        assertThat(titles.error("y".repeat(5_000))).hasSize(2_000);
        assertThat(full.error("y".repeat(5_000))).hasSize(5_000);
    }

    @Test
    void valuesAreMeasuredAndShownOnlyInFull() {
        ObjectNode input = (ObjectNode) Json.mapper().readTree("{\"command\":\"echo " + TOKEN + "\"}");

        ObjectNode measured = JsonNodeFactory.instance.objectNode();
        titles.put(measured, "input", input);
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        full.put(whole, "input", input);
        titles.put(measured, "output", JsonNodeFactory.instance.stringNode("\u00e9"));
        titles.put(measured, "nothing", null);

        assertThat(measured.propertyNames()).containsExactly("inputSize", "inputDigest", "outputSize", "outputDigest");
        assertThat(measured.get("outputSize").intValue()).isEqualTo(2);
        assertThat(measured.get("outputDigest").stringValue())
                .isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
        assertThat(whole.get("inputDigest")).isEqualTo(measured.get("inputDigest"));
        assertThat(whole.get("input").get("command").stringValue()).isEqualTo("echo [redacted: github-token]");
    }

    @Test
    void whatIsTooLongForAnEventIsCutAndSaysSo() {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        ObjectNode large = JsonNodeFactory.instance.objectNode().put("content", "z".repeat(300_000));
        full.put(payload, "input", large);
        full.putMessage(payload, "m".repeat(300_000));

        assertThat(payload.get("input").stringValue()).hasSizeLessThan(101_000).endsWith("... [cut]");
        assertThat(payload.get("inputSize").intValue()).isGreaterThan(300_000);
        assertThat(payload.get("text").stringValue()).endsWith("... [cut]");
        assertThat(payload.get("size").intValue()).isEqualTo(300_000);
    }

    @Test
    void aSettingIsKnownByItsWord() {
        assertThat(Content.of("titles")).isEqualTo(Content.TITLES);
        assertThatThrownBy(() -> Content.of("all")).hasMessage("content: is all; it can be none, titles or full");
    }
}
