package io.swarmledger.app.http.page;

import io.swarmledger.app.directory.LedgerDirectory;
import io.swarmledger.app.wiring.LedgerProperties;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** How an empty ledger gets its first event. */
@Component
final class FirstSteps {

    private static final String DEFAULT_DIRECTORY = "ledger-data";

    private final String data;

    FirstSteps(LedgerProperties properties) {
        data = properties.data().equals(LedgerDirectory.IN_MEMORY) ? DEFAULT_DIRECTORY : properties.data();
    }

    /** A line that works as it is in a shell; whoever needs a token has it in {@code TOKEN}. */
    String firstEvent(HttpServletRequest request) {
        String token =
                request.getRemoteUser() == null || request.getRemoteUser().isEmpty()
                        ? ""
                        : " -H \"Authorization: Bearer $TOKEN\"";
        return "curl -s --json '{\"agentId\":\"agent-1\",\"role\":\"coder\"}'" + token + " "
                + ServletUriComponentsBuilder.fromContextPath(request).build() + "/api/agents";
    }

    String demo() {
        return "java -jar swarm-ledger.jar demo --data " + data;
    }
}
