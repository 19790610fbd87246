package io.swarmledger.app.http;

import io.swarmledger.app.door.Moment;
import io.swarmledger.events.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** What holds for every request: how values are read and answers written. */
@Configuration(proxyBeanMethods = false)
class DoorRules implements WebMvcConfigurer {

    @Bean
    JsonMapperBuilderCustomizer ledgerJson() {
        return Json::configure;
    }

    /** Boot has Tomcat write a page without details; whatever is added later is asked first. */
    @Bean
    @OwnServer
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> ledgerProblemsOfTomcat(LedgerId ledgerId) {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemValve(ledgerId.toString())));
    }

    /**
     * Spring would warn of each request for what is not there, and fill the log at the pleasure of whoever sends them. Of what
     * is no method of a controller its advice hears only where resources are looked for.
     */
    @Bean
    SimpleUrlHandlerMapping ledgerUnknownPaths() {
        ResourceHttpRequestHandler unknown = new ResourceHttpRequestHandler() {
            @Override
            public void handleRequest(HttpServletRequest request, HttpServletResponse response)
                    throws NoResourceFoundException {
                throw new NoResourceFoundException(
                        HttpMethod.valueOf(request.getMethod()), request.getRequestURI(), DoorPath.within(request));
            }
        };
        return new SimpleUrlHandlerMapping(Map.of("/**", unknown), Ordered.LOWEST_PRECEDENCE);
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Moment.class, Moment::parse);
        // It takes a list for what has a comma in it. Here a parameter is repeated, and an imported id may have one.
        registry.removeConvertible(String.class, Collection.class);
    }

    /** An {@code Accept} that is no list of media types is passed over: not even the problem that said so would fit it. */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();
        negotiation.strategies(List.of(request -> {
            try {
                return header.resolveMediaTypes(request);
            } catch (HttpMediaTypeNotAcceptableException noList) {
                return ContentNegotiationStrategy.MEDIA_TYPE_ALL_LIST;
            }
        }));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new KnownParameters());
    }
}
