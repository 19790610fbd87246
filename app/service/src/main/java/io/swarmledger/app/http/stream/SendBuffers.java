package io.swarmledger.app.http.stream;

import io.swarmledger.app.http.OwnServer;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.stereotype.Component;

/**
 * Bounds what the system holds for a connection that takes nothing. By itself it would take megabytes for each consumer of
 * the stream that never reads, and somebody would have read the log and written all of it first.
 */
@Component
@OwnServer
class SendBuffers implements TomcatConnectorCustomizer {

    private static final int BYTES = 128 << 10;

    @Override
    public void customize(Connector connector) {
        connector.setProperty("socket.txBufSize", String.valueOf(BYTES));
    }
}
