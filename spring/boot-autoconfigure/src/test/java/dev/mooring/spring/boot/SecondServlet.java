package dev.mooring.spring.boot;

import dev.mooring.Databases;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** A servlet of Spring MVC with a configuration of its own, which has the application's as its parent. */
@Configuration
@EnableWebMvc
@Import(SecondServlet.Pages.class)
class SecondServlet implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new HandlerMethodArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
                return parameter.getParameterType() == Clock.class;
            }

            @Override
            public Object resolveArgument(
                    MethodParameter parameter,
                    @Nullable ModelAndViewContainer container,
                    NativeWebRequest request,
                    @Nullable WebDataBinderFactory binders) {
                return Clock.systemUTC();
            }
        });
    }

    @RestController
    static class Pages {

        private final Databases databases;

        Pages(Databases databases) {
            this.databases = databases;
        }

        @GetMapping("/{page}")
        String page(@PathVariable("page") String page, Clock clock) {
            AtomicRequestsApplication.write(databases, clock.getZone().getId());
            if (page.equals("throws")) {
                throw new ArithmeticException(page);
            }
            return "fine";
        }
    }
}
