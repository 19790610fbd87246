package io.swarmledger.app.http.page;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page of this package what surrounds it. */
@ControllerAdvice(basePackageClasses = AroundPages.class)
final class AroundPages {

    static final String SHOW = "show";
    static final String HERE = "here";
    static final String FRAME = "frame";

    private final Shell shell;
    private final Show show;

    AroundPages(Shell shell, Show show) {
        this.shell = shell;
        this.show = show;
    }

    @ModelAttribute
    void surround(HttpServletRequest request, Model page) {
        page.addAttribute(SHOW, show).addAttribute(HERE, Here.of(request)).addAttribute(FRAME, shell.around(request));
    }
}
