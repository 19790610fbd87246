package io.swarmledger.app.http.command;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swarmledger.app.door.Wish;
import io.swarmledger.commands.Appended;
import io.swarmledger.events.memory.MemoryDeleted;
import io.swarmledger.events.memory.MemoryExpired;
import io.swarmledger.events.memory.MemoryRetrieved;
import io.swarmledger.events.memory.MemoryStored;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked of a memory. */
@Tag(name = "memories")
@RestController
@RequestMapping(path = "/api/memories", produces = MediaType.APPLICATION_JSON_VALUE)
class MemoryCommands {

    private final Decisions decisions;

    MemoryCommands(Decisions decisions) {
        this.decisions = decisions;
    }

    @Operation(summary = "Stores a memory, or replaces what is stored under that id")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Appended> storeMemory(Wish<MemoryStored> wish) {
        return decisions.create(wish, "/api/memories");
    }

    @Operation(summary = "Says that a memory was read")
    @PostMapping("/{id}/retrieve")
    Appended retrieveMemory(Wish<MemoryRetrieved> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Deletes a memory")
    @PostMapping("/{id}/delete")
    Appended deleteMemory(Wish<MemoryDeleted> wish) {
        return decisions.decide(wish);
    }

    @Operation(summary = "Lets a memory expire")
    @PostMapping("/{id}/expire")
    Appended expireMemory(Wish<MemoryExpired> wish) {
        return decisions.decide(wish);
    }
}
