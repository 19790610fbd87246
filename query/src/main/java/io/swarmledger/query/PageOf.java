package io.swarmledger.query;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.axonframework.messaging.responsetypes.AbstractResponseType;

/**
 * A {@link Page} of items of one type, as a response type for the query gateway: {@code
 * queries.query(FindAgents.all(), PageOf.items(AgentView.class))}.
 */
public final class PageOf<T> extends AbstractResponseType<Page<T>> {

    private PageOf(Class<T> item) {
        super(item);
    }

    /** A page of such items. */
    public static <T> PageOf<T> items(Class<T> item) {
        return new PageOf<>(item);
    }

    @Override
    public boolean matches(Type answered) {
        return answered instanceof ParameterizedType page
                && Page.class.equals(page.getRawType())
                && isParameterizedTypeOfExpectedType(page);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Class<Page<T>> responseMessagePayloadType() {
        return (Class<Page<T>>) (Class<?>) Page.class;
    }
}
