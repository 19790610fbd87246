package io.swarmledger.events;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.messaging.annotation.ParameterResolverFactory;

/** Lets any message handler ask for the {@link Envelope} of its message. Found by Axon through the service loader. */
public final class EnvelopeParameter implements ParameterResolverFactory, ParameterResolver<Envelope> {

    @Override
    public ParameterResolver<Envelope> createInstance(Executable executable, Parameter[] parameters, int index) {
        return Envelope.class.equals(parameters[index].getType()) ? this : null;
    }

    @Override
    public Envelope resolveParameterValue(Message<?> message) {
        return Envelope.of(message.getMetaData());
    }

    @Override
    public boolean matches(Message<?> message) {
        return true;
    }
}
