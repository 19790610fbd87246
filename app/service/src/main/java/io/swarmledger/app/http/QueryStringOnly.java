package io.swarmledger.app.http;

import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.servlet.support.ExtendedServletRequestDataBinder;

/** A question is what the query string says. Spring would let a header called Type or Status answer for it too. */
@ControllerAdvice
class QueryStringOnly {

    @InitBinder
    void ignoreHeaders(WebDataBinder binder) {
        if (binder instanceof ExtendedServletRequestDataBinder extended) {
            extended.addHeaderPredicate(header -> false);
        }
    }
}
