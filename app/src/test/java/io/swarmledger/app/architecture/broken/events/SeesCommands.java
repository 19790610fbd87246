package io.swarmledger.app.architecture.broken.events;

import io.swarmledger.app.architecture.broken.commands.agent.SeesQueryAndTheClock;
import org.springframework.boot.SpringApplication;

/** Breaks: events see no other module; only app sees Spring Boot. */
public record SeesCommands(SeesQueryAndTheClock command, SpringApplication application) {}
