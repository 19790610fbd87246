package io.swarmledger.app.http.query;

import io.swagger.v3.oas.annotations.Hidden;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is asked with {@code ?id=}, since a path cannot say the id: an import may bring one with a slash, or one that is
 * a word of the path itself. It answers what the path with the id in it would, and so is not described a second time.
 */
@Hidden
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface AnyId {}
