package io.swarmledger.app.cli;

import io.swarmledger.app.imports.Imported;
import java.io.PrintWriter;
import java.util.Map;

/** What an import did, told at a terminal. */
final class ImportText {

    private final PrintWriter out;
    private boolean hasTold;

    ImportText(PrintWriter out) {
        this.out = out;
    }

    /** Tells of one round of many, if there is anything to tell. */
    void round(Imported imported) {
        if (!hasTold) {
            tell(imported);
            out.println("Following; Ctrl-C ends it.");
        } else if (imported.added() > 0) {
            out.printf("%,d events added%n", imported.added());
        }
        hasTold = true;
        out.flush();
    }

    /** Tells that the last round did not come to its end. */
    void cutShort() {
        out.println("Ended while it was reading: what it has added stays, and another run adds the rest.");
        out.flush();
    }

    /** Tells it; answers the exit code. */
    int tell(Imported imported) {
        out.printf(
                "%,d events added, %,d were there already, %,d snapshots kept%n",
                imported.added(), imported.alreadyThere(), imported.snapshots());
        tell("passed over", imported.passedOver());
        tell("of a kind that is not known", imported.unknown());
        if (imported.unreadCount() == 0) {
            return 0;
        }
        out.printf("%,d could not be read; the rest was imported:%n", imported.unreadCount());
        imported.unread().forEach(defect -> out.println("  " + defect));
        long more = imported.unreadCount() - imported.unread().size();
        if (more > 0) {
            out.printf("  and %,d more%n", more);
        }
        return 1;
    }

    private void tell(String what, Map<String, Long> kinds) {
        if (kinds.isEmpty()) {
            return;
        }
        long all = kinds.values().stream().mapToLong(Long::longValue).sum();
        out.printf("%,d records %s:%n", all, what);
        kinds.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(kind -> out.printf("  %s %,d%n", kind.getKey(), kind.getValue()));
    }
}
