package io.swarmledger.app.wiring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.replay.ReplayContext;
import org.axonframework.spring.stereotype.Saga;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The classes that an application's beans say are kept in its stores: its sagas, and what its handlers take as what a
 * reset is for. A name in a store becomes none of any other class.
 */
final class DeclaredTypes implements Supplier<Map<String, Class<?>>> {

    private final ListableBeanFactory beans;
    private Map<String, Class<?>> types;

    DeclaredTypes(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public synchronized Map<String, Class<?>> get() {
        if (types == null) {
            Map<String, Class<?>> found = new HashMap<>();
            for (Class<?> plain :
                    new Class<?>[] {String.class, Boolean.class, Integer.class, Long.class, Double.class}) {
                add(found, plain);
            }
            for (String name : beans.getBeanDefinitionNames()) {
                Class<?> type = beans.getType(name, false);
                if (type != null) {
                    addOfBean(found, ClassUtils.getUserClass(type));
                }
            }
            types = Map.copyOf(found);
        }
        return types;
    }

    private static void addOfBean(Map<String, Class<?>> found, Class<?> bean) {
        if (AnnotatedElementUtils.hasAnnotation(bean, Saga.class)) {
            add(found, bean);
        }
        ReflectionUtils.doWithMethods(bean, method -> addOfHandler(found, method));
    }

    private static void addOfHandler(Map<String, Class<?>> found, Method method) {
        boolean isReset = AnnotatedElementUtils.hasAnnotation(method, ResetHandler.class);
        for (Parameter parameter : method.getParameters()) {
            if (isReset || AnnotatedElementUtils.hasAnnotation(parameter, ReplayContext.class)) {
                add(found, parameter.getType());
            }
        }
    }

    private static void add(Map<String, Class<?>> found, Class<?> type) {
        if (!Modifier.isAbstract(type.getModifiers()) && type != Object.class) {
            found.put(type.getName(), type);
        }
    }
}
