package io.swarmledger.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.swarmledger.app.log.sqlite.LogFile;
import io.swarmledger.query.log.EventLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How the log lies in its file is known in one package: everybody else asks through the log's ports. */
class LogTablesTest {

    private static final String STORE = "io.swarmledger.app.log.sqlite";
    private static final String MIGRATION = "/io/swarmledger/app/log/sqlite/V1__log.sql";

    /** What breaks the rule, so that a rule that cannot fail is found out. */
    private static final class NamesATable {

        String sql() {
            return "SELECT count(*) FROM DomainEventEntry";
        }
    }

    private static final class NamesTheLedger {

        String sql() {
            return "SELECT ledgerId FROM Ledger";
        }
    }

    /** As the migration names them. */
    private static List<String> tables() {
        try (InputStream sql = LogTablesTest.class.getResourceAsStream(MIGRATION)) {
            return Pattern.compile("CREATE TABLE (\\w+)")
                    .matcher(new String(sql.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The name behind a word of SQL, or on its own the whole of a text; a class's own name is neither. */
    private static Pattern named() {
        String names = String.join("|", tables());
        return Pattern.compile("\\b(FROM|JOIN|INTO|UPDATE|TABLE|EXISTS|ON|from|join|into|update) (" + names + ")\\b"
                + "|(?<![\\w/.$])(" + names.replace("|Ledger", "") + ")(?![\\w/;$])");
    }

    private static ArchRule rule() {
        Pattern named = named();
        return ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage(STORE)
                .should(new ArchCondition<JavaClass>("name a table of the log") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        named.matcher(constants(type))
                                .results()
                                .forEach(found -> events.add(SimpleConditionEvent.satisfied(
                                        type, type.getName() + " names " + found.group())));
                    }
                });
    }

    /** Texts lie in a class file as they are. */
    private static String constants(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void nobodyButTheStoreNamesATableOfTheLog() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.swarmledger");
        assertThat(classes.contain(LogFile.class)).isTrue();
        assertThat(classes.contain(EventLog.class)).isTrue();

        rule().check(classes);
    }

    @Test
    void theTablesAreThoseOfTheMigration() {
        assertThat(tables())
                .contains("DomainEventEntry", "SnapshotEventEntry", "ImportedSnapshot", "AcceptedLoss", "Ledger");
    }

    @Test
    void whoeverNamesOneIsFoundOut() {
        for (Class<?> broken : List.of(NamesATable.class, NamesTheLedger.class)) {
            JavaClasses classes = new ClassFileImporter().importClasses(broken);
            assertThatThrownBy(() -> rule().check(classes))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(broken.getName());
        }
    }

    @Test
    void theStoreItselfNamesThem() {
        JavaClass store = new ClassFileImporter().importClasses(LogFile.class).get(LogFile.class);
        assertThat(named().matcher(constants(store)).find()).isTrue();
    }
}
