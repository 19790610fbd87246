package io.swarmledger.app.http.security;

import java.io.IOException;

/** There is no room for a body now; its request may come again. */
final class BodiesFull extends IOException {

    private BodiesFull(String message) {
        super(message);
    }

    /** Others are waited for already. */
    static BodiesFull waiting() {
        return new BodiesFull(
                "As many bodies as can be waited for are waited for already: send yours at once, or come" + " again");
    }

    /** Others occupy all that there is. */
    static BodiesFull bytes(int most) {
        return new BodiesFull(
                "The bodies under way have all the " + most + " bytes that there are for them: come again");
    }
}
