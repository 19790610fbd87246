package io.swarmledger.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The boundaries that the module poms cannot draw. Each rule is also held against a small tree of classes that break
 * it, so that a rule that cannot fail is found out.
 */
class ArchitectureTest {

    private static final String ROOT = "io.swarmledger";
    private static final String BROKEN = "io.swarmledger.app.architecture.broken";

    private static Map<String, ArchRule> rulesFor(String root) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put(
                "events see no other module",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".events..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(root + ".commands..", root + ".query..", root + ".app.."));
        rules.put(
                "commands see only events",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".commands..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(root + ".query..", root + ".app.."));
        rules.put(
                "query sees only events",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".query..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(root + ".commands..", root + ".app.."));
        rules.put(
                "only app sees Spring Boot",
                noClasses()
                        .that()
                        .resideInAnyPackage(root + ".events..", root + ".commands..", root + ".query..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.springframework.boot.."));
        rules.put(
                "time and chance enter with the command",
                noClasses()
                        .that()
                        .resideInAnyPackage(root + ".events..", root + ".commands..", root + ".query..")
                        .should()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(LocalDateTime.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Clock.class, "systemUTC")
                        .orShould()
                        .callMethod(Clock.class, "systemDefaultZone")
                        .orShould()
                        .callMethod(UUID.class, "randomUUID")
                        .orShould()
                        .callMethod(Math.class, "random"));
        rules.put(
                "a check shares no code with what it checks",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".app.check.plain..")
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage(root + "..").and(not(resideInAPackage(root + ".app.check.plain..")))));
        rules.put(
                "what every door shares knows none of them",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".app.door..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                root + ".app.http..",
                                root + ".app.cli..",
                                "jakarta.servlet..",
                                "org.springframework.web..",
                                "org.springframework.http..",
                                "org.springframework.security..",
                                "org.apache.tomcat..",
                                "org.apache.catalina.."));
        rules.put(
                "threads of the application are workers",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".app..")
                        .and()
                        .resideOutsideOfPackage(root + ".app.worker..")
                        .should()
                        .callConstructor(Thread.class)
                        .orShould()
                        .callConstructor(Thread.class, Runnable.class)
                        .orShould()
                        .callConstructor(Thread.class, Runnable.class, String.class)
                        .orShould()
                        .callMethod(Executors.class, "newSingleThreadExecutor"));
        rules.put(
                "features of the command side do not know each other",
                slices().matching(root + ".commands.(agent|task|memory|swarm)")
                        .should()
                        .notDependOnEachOther());
        return rules;
    }

    @TestFactory
    Stream<DynamicTest> boundaries() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
        return rulesFor(ROOT).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(classes)));
    }

    @TestFactory
    Stream<DynamicTest> eachRuleFailsWhereItIsBroken() {
        JavaClasses broken = new ClassFileImporter().importPackages(BROKEN);
        return rulesFor(BROKEN).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> assertThatThrownBy(
                                () -> rule.getValue().check(broken))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("was violated")));
    }

    @Test
    void theModulesAreWhereTheRulesLookForThem() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);

        for (String module : new String[] {"events", "commands", "query", "app"}) {
            assertThat(classes.stream().filter(type -> type.getPackageName().startsWith(ROOT + "." + module)))
                    .as(module)
                    .hasSizeGreaterThan(10);
        }
    }

    @Test
    void noSerializerThatLoadsClassesByNameIsOnTheClassPath() {
        assertThatThrownBy(() -> Class.forName("com.thoughtworks.xstream.XStream"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
