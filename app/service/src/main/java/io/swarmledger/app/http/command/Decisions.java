package io.swarmledger.app.http.command;

import io.swarmledger.app.door.Wish;
import io.swarmledger.app.http.DoorPath;
import io.swarmledger.app.http.Gateways;
import io.swarmledger.commands.Appended;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Has wishes decided by their aggregates, and answers once their events are on disk. */
@Component
class Decisions {

    private final Gateways gateways;

    Decisions(Gateways gateways) {
        this.gateways = gateways;
    }

    Appended decide(Wish<?> wish) {
        return gateways.send(wish.command(), wish.metaData());
    }

    /** The same, for a wish that something come into being; the answer says where it is. */
    ResponseEntity<Appended> create(Wish<?> wish, String list) {
        Appended appended = decide(wish);
        return ResponseEntity.created(UriComponentsBuilder.fromPath(DoorPath.outside(list))
                        .pathSegment(appended.aggregateId())
                        .encode()
                        .build()
                        .toUri())
                .body(appended);
    }
}
