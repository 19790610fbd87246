package io.swarmledger.app.http.page;

import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.templateresolver.SpringResourceTemplateResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templatemode.TemplateMode;

/** How pages are made of templates: without Boot's part of Thymeleaf, whose settings are an application's own. */
@Configuration(proxyBeanMethods = false)
class PageTemplates {

    @Bean
    SpringResourceTemplateResolver ledgerTemplates() {
        SpringResourceTemplateResolver templates = new SpringResourceTemplateResolver();
        templates.setPrefix("classpath:/io/swarmledger/app/http/page/");
        templates.setSuffix(".html");
        templates.setTemplateMode(TemplateMode.HTML);
        templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
        return templates;
    }

    @Bean
    SpringTemplateEngine ledgerTemplateEngine(SpringResourceTemplateResolver ledgerTemplates) {
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(ledgerTemplates);
        engine.addDialect(new LinksBelow());
        return engine;
    }

    @Bean
    ThymeleafViewResolver ledgerPages(SpringTemplateEngine ledgerTemplateEngine) {
        ThymeleafViewResolver pages = new ThymeleafViewResolver();
        pages.setTemplateEngine(ledgerTemplateEngine);
        pages.setCharacterEncoding(StandardCharsets.UTF_8.name());
        pages.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
        pages.setOrder(Ordered.LOWEST_PRECEDENCE - 5);
        return pages;
    }
}
