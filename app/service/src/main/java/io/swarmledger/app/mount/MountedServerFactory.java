package io.swarmledger.app.mount;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Host;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.ContainerBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/** Makes no server, but a place in one that is there: a web application of its own below a path. */
final class MountedServerFactory extends TomcatServletWebServerFactory {

    private final Host host;
    private final String path;
    private final IntSupplier port;

    MountedServerFactory(Host host, String path, IntSupplier port) {
        super(path, 0);
        this.host = host;
        this.path = path;
        this.port = port;
    }

    @Override
    public WebServer getWebServer(ServletContextInitializer... initializers) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        // A host that runs would start the application as soon as it has it, and before it is whole.
        ContainerBase container = (ContainerBase) host;
        boolean startsChildren = container.getStartChildren();
        container.setStartChildren(false);
        try {
            prepareContext(host, new ServletContextInitializer[] {told(initializers, failure)});
        } finally {
            container.setStartChildren(startsChildren);
        }
        Context context = (Context) host.findChild(path);
        try {
            context.start();
        } catch (LifecycleException failed) {
            failure.compareAndSet(null, failed);
        }
        Mounted mounted = new Mounted(host, context, port);
        if (failure.get() != null || !context.getState().isAvailable()) {
            mounted.destroy();
            throw new WebServerException("The ledger cannot be served below " + path, failure.get());
        }
        return mounted;
    }

    /** Boot's starter keeps to itself what an initializer fails at. */
    private static ServletContextInitializer told(
            ServletContextInitializer[] initializers, AtomicReference<Exception> failure) {
        return servletContext -> {
            try {
                for (ServletContextInitializer initializer : initializers) {
                    initializer.onStartup(servletContext);
                }
            } catch (Exception failed) {
                failure.set(failed);
            }
        };
    }

    /** It is there as long as the application in it; the server is somebody else's to start and to stop. */
    private record Mounted(Host host, Container context, IntSupplier port) implements WebServer {

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public int getPort() {
            return port.getAsInt();
        }

        @Override
        public void destroy() {
            host.removeChild(context);
        }
    }
}
