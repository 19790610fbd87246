package io.swarmledger.app.http.page;

import java.util.Set;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.context.IWebContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.IAttribute;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/** Pages are written as for the root of a server. Where they are below a path of it, so is what they lead to. */
final class LinksBelow extends AbstractDialect implements IPostProcessorDialect {

    private static final Set<String> LINKS = Set.of("href", "src", "action", "hx-get", "data-later-from");

    LinksBelow() {
        super("links below a path");
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return 0;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, Mover.class, 0));
    }

    /** Moves each link of one page; Thymeleaf makes one a page. */
    public static final class Mover extends AbstractTemplateHandler {

        private String base = "";

        @Override
        public void setContext(ITemplateContext context) {
            super.setContext(context);
            if (context instanceof IWebContext web) {
                base = web.getExchange().getRequest().getApplicationPath();
            }
        }

        @Override
        public void handleOpenElement(IOpenElementTag tag) {
            super.handleOpenElement(moved(tag));
        }

        @Override
        public void handleStandaloneElement(IStandaloneElementTag tag) {
            super.handleStandaloneElement(moved(tag));
        }

        private <T extends IProcessableElementTag> T moved(T tag) {
            if (base == null || base.isEmpty()) {
                return tag;
            }
            T moved = tag;
            for (IAttribute attribute : tag.getAllAttributes()) {
                String name = attribute.getAttributeCompleteName();
                String value = attribute.getValue();
                if (value != null && value.startsWith("/") && LINKS.contains(name)) {
                    moved = getContext().getModelFactory().setAttribute(moved, name, base + value);
                }
            }
            return moved;
        }
    }
}
