package io.swarmledger.app.http.page;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** What holds for every page. */
@Configuration(proxyBeanMethods = false)
class PageRules implements WebMvcConfigurer {

    private final ObjectProvider<ThymeleafViewResolver> views;
    private final ObjectProvider<Shell> shell;
    private final Show show;
    private final ObjectProvider<Clock> clock;

    PageRules(
            ObjectProvider<ThymeleafViewResolver> views,
            ObjectProvider<Shell> shell,
            Show show,
            ObjectProvider<Clock> clock) {
        this.clock = clock;
        this.views = views;
        this.shell = shell;
        this.show = show;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(new ProblemPage(views, shell, show));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Ranges(clock));
    }
}
