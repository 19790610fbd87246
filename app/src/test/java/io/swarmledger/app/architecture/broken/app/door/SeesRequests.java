package io.swarmledger.app.architecture.broken.app.door;

import jakarta.servlet.http.HttpServletRequest;

/** Breaks the rule that what every door shares knows none of them. */
final class SeesRequests {

    String of(HttpServletRequest request) {
        return request.getMethod();
    }
}
