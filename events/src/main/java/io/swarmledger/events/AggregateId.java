package io.swarmledger.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The component of an event's record that holds the id of the aggregate that it is told of, where it is not called as
 * others are: {@code reviewId} in an event of a {@code review}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface AggregateId {}
