package io.swarmledger.app.http.page;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where whoever has no session trades a token for one; it tells nothing of the ledger. */
@Hidden
@Controller
final class SignInPage {

    /** Requests for a page from nobody known are forwarded here. */
    @RequestMapping("/sign-in")
    String page() {
        return "sign-in";
    }
}
