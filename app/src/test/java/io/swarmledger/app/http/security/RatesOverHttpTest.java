package io.swarmledger.app.http.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmledger.app.directory.LedgerFiles;
import io.swarmledger.app.http.HttpLedger;
import io.swarmledger.app.http.HttpLedger.Answer;
import io.swarmledger.app.token.Role;
import io.swarmledger.app.token.TokenFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatesOverHttpTest {

    @TempDir
    Path directory;

    @Test
    void whoAsksTooMuchIsToldWhenToComeAgainAndNobodyElseIsKeptOut() {
        TokenFile tokens = new TokenFile(new LedgerFiles(directory));
        String greedy = "Bearer " + tokens.create("greedy", Role.reader, Clock.systemUTC());
        String modest = "Bearer " + tokens.create("modest", Role.reader, Clock.systemUTC());
        try (HttpLedger ledger = HttpLedger.in(directory, "swarm-ledger.http.rate=1")) {
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                answers.add(ledger.get("/api/operations", "Authorization", greedy));
            }
            Answer refused = answers.stream()
                    .filter(answer -> answer.status() == 429)
                    .findFirst()
                    .orElseThrow();
            assertThat(answers.subList(0, 2)).extracting(Answer::status).containsOnly(200);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(ledger.get("/api/operations", "Authorization", modest).status())
                    .isEqualTo(200);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> ledger.get("/api/operations", "Authorization", greedy)
                                    .status()
                            == 200);
            List<Integer> wrong = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                wrong.add(ledger.get("/api/operations", "Authorization", "Bearer x")
                        .status());
            }
            assertThat(wrong).as("guesses are counted too").contains(401, 429);
        }
    }

    @Test
    void onThisMachineNobodyIsCountedWhileNoTokenIsDemanded() {
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            for (int i = 0; i < 300; i++) {
                assertThat(ledger.get("/actuator/health/liveness").status()).isEqualTo(200);
            }
        }
    }
}
