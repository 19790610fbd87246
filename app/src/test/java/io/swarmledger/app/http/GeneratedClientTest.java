package io.swarmledger.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;
import org.springframework.util.FileSystemUtils;

/** The description at /v3/api-docs is complete enough to generate a client from: one is, and is used. */
class GeneratedClientTest {

    private static final Path DIRECTORY = Path.of("target", "generated-client");

    @Test
    @SuppressWarnings("unchecked")
    void aClientThatWasGeneratedFromTheDescriptionWorks() throws Exception {
        try (HttpLedger ledger = HttpLedger.inMemory()) {
            FileSystemUtils.deleteRecursively(DIRECTORY);
            Files.createDirectories(DIRECTORY);
            Path description = Files.writeString(
                    DIRECTORY.resolve("api.json"), ledger.get("/v3/api-docs").text());
            generate(description);
            Path classes = compile();

            Map<String, Object> seen;
            try (URLClassLoader loader = new URLClassLoader(
                    new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
                Function<String, Map<String, Object>> coordinator = (Function<String, Map<String, Object>>)
                        loader.loadClass("client.Coordinator").getConstructor().newInstance();
                seen = coordinator.apply(ledger.uri("").toString());
            }

            String refusal = (String) seen.get("refusal");
            assertThat(refusal).startsWith("404 ").contains("There is no task nobody");
            assertThat(seen)
                    .containsEntry("position", 2L)
                    .containsEntry("status", "completed")
                    .containsEntry("result", Map.of("lines", 42))
                    .containsEntry("completedAt", 1.5)
                    .containsEntry("capabilities", List.of("java"))
                    .containsEntry("history", List.of("task:completed", "task:started"))
                    .containsEntry("oneEvent", "alpha")
                    .containsEntry("events", 6L);
            assertThat((Map<String, Object>) seen.get("payload")).containsEntry("agentId", "agent-1");
        }
    }

    private static void generate(Path description) {
        CodegenConfigurator configurator = new CodegenConfigurator()
                .setGeneratorName("java")
                .setLibrary("native")
                .setInputSpec(description.toUri().toString())
                .setOutputDir(DIRECTORY.toString())
                .setInvokerPackage("client")
                .setApiPackage("client.api")
                .setModelPackage("client.model")
                .addAdditionalProperty("openApiNullable", "false")
                .addAdditionalProperty("useJakartaEe", "true")
                .addAdditionalProperty("hideGenerationTimestamp", "true");
        DefaultGenerator generator = new DefaultGenerator();
        generator.setGenerateMetadata(false);
        generator.opts(configurator.toClientOptInput()).generate();
    }

    private static Path compile() throws IOException {
        Path classes = Files.createDirectories(DIRECTORY.resolve("classes"));
        Path sources = DIRECTORY.resolve(Path.of("src", "main", "java"));
        try (var coordinator =
                Objects.requireNonNull(GeneratedClientTest.class.getResourceAsStream("client/Coordinator.java"))) {
            Files.copy(coordinator, sources.resolve(Path.of("client", "Coordinator.java")));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (Stream<Path> files = Files.walk(sources);
                StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, null, null)) {
            boolean compiled = compiler.getTask(
                            null,
                            manager,
                            diagnostics,
                            List.of("-proc:none", "-d", classes.toString()),
                            null,
                            manager.getJavaFileObjectsFromPaths(
                                    files.filter(file -> file.toString().endsWith(".java"))
                                            .toList()))
                    .call();
            assertThat(compiled).as(diagnostics.getDiagnostics().toString()).isTrue();
        }
        return classes;
    }
}
