package io.swarmledger.app.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.commands.MalformedCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(7), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private TokenFile tokens;

    @BeforeEach
    void name() {
        tokens = new TokenFile(new LedgerFiles(directory.resolve("new")));
    }

    @Test
    void onlyTheHashIsKept() throws Exception {
        String secret = tokens.create("ci@build-1", Role.writer, CLOCK);

        assertThat(secret).matches("slt_[A-Za-z0-9_-]{43}");
        assertThat(tokens.list()).containsExactly(new Token("ci@build-1", Role.writer, Secret.hash(secret), 7));
        assertThat(Files.readString(tokens.path())).doesNotContain(secret.substring(4));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens.path())))
                .isEqualTo("rw-------");
        assertThat(tokens.create("another", Role.writer, CLOCK)).isNotEqualTo(secret);
    }

    @Test
    void theHashIsTheSha256OfThePresentedText() {
        assertThat(Secret.hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ä", "a\n"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> tokens.create(name, Role.reader, CLOCK)).isInstanceOf(MalformedCommand.class);
        assertThat(tokens.path()).doesNotExist();
    }

    @Test
    void aNameIsGivenOnceAndTakenAwayOnce() {
        tokens.create("a", Role.reader, CLOCK);
        assertThatThrownBy(() -> tokens.create("a", Role.operator, CLOCK))
                .isInstanceOf(TokenRefused.class)
                .hasMessageContaining("a token a already");
        assertThat(tokens.list()).extracting(Token::role).containsExactly(Role.reader);

        tokens.revoke("a");
        assertThat(tokens.list()).isEmpty();
        assertThat(tokens.path()).as("it goes on demanding tokens").exists();
        assertThatThrownBy(() -> tokens.revoke("a"))
                .isInstanceOf(TokenRefused.class)
                .hasMessageContaining("no token a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[", "{}", "null", "[null]", "[{\"name\":\"a\"}]", "[{\"name\":\"a\",\"role\":\"king\"}]"})
    void aFileThatIsNoListOfTokensIsNamed(String content) throws Exception {
        Files.createDirectories(tokens.path().getParent());
        Files.writeString(tokens.path(), content);

        assertThatThrownBy(tokens::list)
                .isInstanceOf(TokenRefused.class)
                .hasMessageContaining(tokens.path().toString());
        assertThatThrownBy(() -> tokens.create("b", Role.reader, CLOCK)).isInstanceOf(TokenRefused.class);
        assertThat(tokens.path()).hasContent(content);
    }

    @Test
    void aServiceThatOthersReachNeedsOne() {
        assertThatThrownBy(() -> tokens.requireAny("0.0.0.0"))
                .isInstanceOf(TokenRefused.class)
                .hasMessageContaining("token create NAME --role operator --data " + directory.resolve("new"));
        tokens.create("a", Role.reader, CLOCK);
        tokens.requireAny("0.0.0.0");
    }
}
