package io.swarmledger.app.http;

import io.swarmledger.query.InvalidQuery;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters that a path does not know: a filter with a typing error would otherwise answer everything. The
 * known ones are read off the handler: each {@link RequestParam}, each component of a {@link ModelAttribute} record, and what
 * {@link EveryPath} of its package takes.
 */
final class KnownParameters implements HandlerInterceptor {

    private final Map<HandlerMethod, Map<String, Class<?>>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && !isForm(request)
                && handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith(getClass().getPackageName())) {
            Map<String, Class<?>> here = known.computeIfAbsent(method, KnownParameters::of);
            request.getParameterMap().forEach((name, values) -> requireKnown(here, name, values));
        }
        return true;
    }

    /** Tomcat would read its body to tell its parameters; no path takes one. */
    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    private static void requireKnown(Map<String, Class<?>> known, String name, String[] values) {
        Class<?> type = known.get(name);
        if (type == null) {
            throw InvalidQuery.malformed(
                    name,
                    known.isEmpty()
                            ? "is no parameter here, nothing is"
                            : "is no parameter here; these are: " + String.join(", ", known.keySet()));
        }
        boolean mayRepeat = Collection.class.isAssignableFrom(type);
        if (values.length > 1 && !mayRepeat) {
            throw InvalidQuery.malformed(name, "is given " + values.length + " times");
        }
        // Spring takes an empty number for none.
        if (values[0].isEmpty() && !mayRepeat && !String.class.equals(type)) {
            throw InvalidQuery.malformed(name, "is empty");
        }
    }

    /** What of a filter the path says itself. */
    static List<String> without(MethodParameter parameter) {
        Without without = parameter.getParameterAnnotation(Without.class);
        return without == null ? List.of() : List.of(without.value());
    }

    private static Map<String, Class<?>> of(HandlerMethod method) {
        Map<String, Class<?>> known = new TreeMap<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam single = parameter.getParameterAnnotation(RequestParam.class);
            if (single != null) {
                String name = single.name().isEmpty() ? parameter.getParameter().getName() : single.name();
                known.put(name, parameter.getParameterType());
            } else if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
                RecordComponent[] components = parameter.getParameterType().getRecordComponents();
                Arrays.stream(components).forEach(component -> known.put(component.getName(), component.getType()));
                without(parameter).forEach(known::remove);
            }
        }
        EveryPath every = method.getBeanType().getPackage().getAnnotation(EveryPath.class);
        if (every != null) {
            List.of(every.takes()).forEach(name -> known.put(name, String.class));
        }
        return known;
    }
}
