package io.swarmledger.commands;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * A command handler of an aggregate. Every one of them, creation included, loads what is there, so that a second
 * creation is a rule's answer and not a conflict to retry, and a missing aggregate is ours to name.
 */
@CommandHandler
@CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Decides {}
