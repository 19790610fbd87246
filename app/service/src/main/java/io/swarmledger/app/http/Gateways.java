package io.swarmledger.app.http;

import io.swarmledger.app.door.NotThere;
import io.swarmledger.commands.Appended;
import io.swarmledger.commands.LedgerCommand;
import io.swarmledger.query.AtLeast;
import io.swarmledger.query.LedgerQuery;
import io.swarmledger.query.Page;
import io.swarmledger.query.PageOf;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;

/** The command gateway and the query gateway, as a request uses them: it waits, and a refusal is thrown as it is. */
@Component
public class Gateways {

    private final CommandGateway commands;
    private final QueryGateway queries;

    Gateways(CommandGateway commands, QueryGateway queries) {
        this.commands = commands;
        this.queries = queries;
    }

    /**
     * Has a command decided and its event appended; answers once that is on disk.
     *
     * @param metaData what goes with it: its envelope, and what else its caller says
     */
    public Appended send(LedgerCommand command, MetaData metaData) {
        return commands.sendAndWait(command, metaData);
    }

    /**
     * Asks for one thing.
     *
     * @param minPosition what the read model must have seen, or {@code null}
     */
    public <T> T ask(LedgerQuery query, Class<T> answer, Long minPosition) {
        return ask(query, ResponseTypes.instanceOf(answer), minPosition);
    }

    /**
     * Asks for one thing that is to be there.
     *
     * @param what it is, such as {@code agent agent-1}
     * @throws NotThere if it is not
     */
    public <T> T get(LedgerQuery query, Class<T> answer, Long minPosition, String what) {
        T found = ask(query, answer, minPosition);
        if (found == null) {
            throw new NotThere(what);
        }
        return found;
    }

    /** Asks for one page of a list. */
    public <T> Page<T> page(LedgerQuery query, Class<T> item, Long minPosition) {
        return ask(query, PageOf.items(item), minPosition);
    }

    private <T> T ask(LedgerQuery query, ResponseType<T> answer, Long minPosition) {
        try {
            Object message = minPosition == null ? query : AtLeast.position(minPosition, query);
            return queries.query(message, answer).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
