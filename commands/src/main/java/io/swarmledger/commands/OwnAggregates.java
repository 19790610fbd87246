package io.swarmledger.commands;

import io.swarmledger.events.DeclarationRefused;
import io.swarmledger.events.EventTypes;
import io.swarmledger.events.Json;
import io.swarmledger.events.LedgerEvent;
import io.swarmledger.events.OwnId;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateRoot;

/** Whether an application's aggregate is declared so that it can be asked, told and made of its history again. */
final class OwnAggregates {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}._:-]{1,128}");

    private OwnAggregates() {}

    /**
     * Requires what would otherwise go wrong with its first command, or with its first history.
     *
     * @throws DeclarationRefused naming what is wrong
     */
    static void require(AggregateType declared) {
        requireType(declared.type());
        requireRoot(declared);
        requireEvents(declared);
        requireHandlers(declared);
    }

    private static void requireType(String type) {
        if (!TYPE.matcher(type).matches()) {
            throw new DeclarationRefused(
                    type + " is no type for the aggregate: those are lower-case letters, digits and -");
        }
    }

    private static void requireRoot(AggregateType declared) {
        String type = declared.type();
        String root = declared.root().getName();
        AggregateRoot named = declared.root().getAnnotation(AggregateRoot.class);
        if (named == null || !named.type().equals(type)) {
            throw new DeclarationRefused(root + " is declared as an aggregate of type " + type
                    + ", and needs @AggregateRoot(type = \"" + type + "\")");
        }
        String says = made(declared.root()).type();
        if (!type.equals(says)) {
            throw new DeclarationRefused(root + " is declared as an aggregate of type " + type
                    + ", and its type() says " + says + ": have it answer " + type);
        }
    }

    /** As Axon makes one for each history. */
    private static LedgerAggregate made(Class<? extends LedgerAggregate> root) {
        if (Modifier.isAbstract(root.getModifiers())) {
            throw new DeclarationRefused(root.getName() + " is abstract: declare the class that extends it");
        }
        try {
            Constructor<? extends LedgerAggregate> constructor = root.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException missing) {
            throw new DeclarationRefused(
                    root.getName() + " has no constructor without arguments: give it one, if only a private one",
                    missing);
        } catch (InvocationTargetException thrown) {
            throw new DeclarationRefused(
                    "The constructor of " + root.getName() + " threw " + thrown.getCause()
                            + ": an aggregate is made before anything is known of it",
                    thrown.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new DeclarationRefused(root.getName() + " cannot be made: " + impossible, impossible);
        }
    }

    private static void requireEvents(AggregateType declared) {
        String type = declared.type();
        Map<String, Class<? extends LedgerEvent>> events = EventTypes.of(declared.events());
        events.forEach((name, record) -> {
            if (!EventTypes.kindOf(name).equals(type) || name.length() == type.length() + 1) {
                throw new DeclarationRefused("The event type " + name + " of the aggregate " + type + " is not " + type
                        + ": and a word: name " + record.getName() + " otherwise in its @EventType");
            }
            requireWord(record, "name", name);
            requireWord(record, "revision", EventTypes.revisionOf(record));
            OwnId.of(record);
        });
        if (events.values().stream().noneMatch(EventTypes::isFirst)) {
            throw new DeclarationRefused(
                    "No " + type
                            + " can ever be there: none of its events is marked as one that it begins with, by @EventType(begins = true)");
        }
    }

    /** Both are stored, and written into requests, queries and files. */
    private static void requireWord(Class<?> record, String what, String word) {
        if (!WORD.matcher(word).matches()) {
            throw new DeclarationRefused(
                    "The " + what + " " + Json.mapper().writeValueAsString(word) + " in the @EventType of "
                            + record.getName() + " is none: those are 1 to 128 letters, digits and . _ : -");
        }
    }

    private static void requireHandlers(AggregateType declared) {
        Class<?> root = declared.root();
        List<Method> methods = methodsOf(root);
        List<Method> handlers = methods.stream()
                .filter(method -> AnnotationUtils.isAnnotationPresent(method, CommandHandler.class))
                .toList();
        // Axon makes a new aggregate of the class that has the handler.
        refuse(
                handlers.stream().filter(method -> method.getDeclaringClass() != root),
                method -> root.getName()
                        + " inherits the command handler " + method.getName() + " from "
                        + method.getDeclaringClass().getName() + ": it must have its handlers itself");
        refuse(
                methods.stream()
                        .filter(method -> AnnotationUtils.isAnnotationPresent(method, EventSourcingHandler.class)),
                method -> method.getDeclaringClass().getName() + " has an @EventSourcingHandler of its own, "
                        + method.getName() + ", and its events would not reach evolve: let evolve take them all");
        if (handlers.stream().noneMatch(OwnAggregates::takesFacts)) {
            throw new DeclarationRefused(root.getName() + " handles no command that is an Observe, so that no "
                    + declared.type()
                    + " can be told of: give it a method with @Decides for it, and one for each other command");
        }
    }

    private static void refuse(Stream<Method> wrong, Function<Method, String> reason) {
        wrong.findFirst().ifPresent(method -> {
            throw new DeclarationRefused(reason.apply(method));
        });
    }

    private static boolean takesFacts(Method handler) {
        return handler.getParameterCount() > 0 && Observe.class.isAssignableFrom(handler.getParameterTypes()[0]);
    }

    /** Those that it inherits too, but for what every aggregate has. */
    private static List<Method> methodsOf(Class<?> root) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> type = root; type != LedgerAggregate.class; type = type.getSuperclass()) {
            methods.addAll(Arrays.asList(type.getDeclaredMethods()));
        }
        return methods;
    }
}
