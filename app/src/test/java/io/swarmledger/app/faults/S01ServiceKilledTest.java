package io.swarmledger.app.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two rounds in the build; {@code mvn verify -Dfaults.rounds=50} does fifty. */
@DisplayName("S1 kill -9 of the service under load over HTTP")
class S01ServiceKilledTest {

    private static final int ROUNDS = Integer.getInteger("faults.rounds", 2);

    @TempDir
    Path directory;

    @Test
    void whateverTheMomentNothingThatWasAnsweredIsLostOrDoubled() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("S1 over HTTP: " + ROUNDS + " rounds, seed " + seed);
        Random chance = new Random(seed);
        List<PostedLoad> loads = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (ServiceProcess service = ServiceProcess.on(directory)) {
                PostedLoad load = PostedLoad.on(service.port(), "run" + round);
                loads.add(load);
                load.telling(1 + chance.nextInt(6_000));
                service.kill();
                load.ended();
            }
            PostedLoad.assertKept(directory, loads);

            try (ServiceProcess again = ServiceProcess.on(directory)) {
                loads.get(round).sendAgain(again.port(), directory);
            }
            PostedLoad.assertKept(directory, loads);
        }
    }
}
