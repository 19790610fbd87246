package io.swarmledger.app.http;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The door over HTTP: whatever a request wants goes through the two gateways. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class HttpDoor {}
