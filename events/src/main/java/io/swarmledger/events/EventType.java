package io.swarmledger.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name and revision under which a record is stored and shown; a class may be renamed, these never. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {

    /** The stable name, such as {@code agent:spawned}: the aggregate's type, a colon, what happened. */
    String value();

    /** The shape of the payload. A new shape is a new revision with an upcaster from the old one. */
    String revision() default "1";

    /** Whether a thing of its own begins with it, such as an agent with {@code agent:spawned}. */
    boolean begins() default false;
}
