package io.swarmledger.app.http;

import io.swarmledger.app.Moment;
import io.swarmledger.events.Json;
import java.util.Collection;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What holds for every request: how values are read and answers written. */
@Configuration(proxyBeanMethods = false)
class DoorRules implements WebMvcConfigurer {

    @Bean
    JsonMapperBuilderCustomizer ledgerJson() {
        return Json::configure;
    }

    /** Boot has Tomcat write a page without details; whatever is added later is asked first. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> ledgerProblemsOfTomcat(LedgerId ledgerId) {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemValve(ledgerId.toString())));
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Moment.class, Moment::parse);
        // It takes a list for what has a comma in it. Here a parameter is repeated, and an imported id may have one.
        registry.removeConvertible(String.class, Collection.class);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new KnownParameters());
    }
}
