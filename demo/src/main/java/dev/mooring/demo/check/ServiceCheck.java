package dev.mooring.demo.check;

import dev.mooring.config.DatabaseSettings;
import dev.mooring.config.LeaseScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings of this program that take a bound or a protection away. */
final class ServiceCheck {

    private static final String SUBJECT = "settings";

    private final DatabaseSettings settings;
    private final List<Finding> findings = new ArrayList<>();

    ServiceCheck(DatabaseSettings settings) {
        this.settings = settings;
    }

    List<Finding> run() {
        findings.clear();
        findings.add(Finding.ok(SUBJECT, summary()));
        warnIf(
                !settings.reclaim(),
                "reclaim is off, so the connection of a thread that ends without closing it stays open for ever",
                "Leave it on, but to show the leak");
        warnIf(
                settings.leaseScope() == LeaseScope.THREAD,
                "lease_scope is thread, so each thread keeps a connection until it closes it",
                "Use operation or request");
        warnIf(
                settings.statementTimeout().isZero(),
                "statement_timeout is 0, so nothing ends a statement that hangs",
                "Set how long the longest one may take");
        warnIf(
                settings.logParameters(),
                "log_parameters is on, so passwords and other values get into the log",
                "Leave it off in production, or install a ParameterRedactor");
        warnIf(
                settings.valuesInErrors(),
                "values_in_errors is on, so values of rows get into messages of errors",
                "Leave it off in production");
        return List.copyOf(findings);
    }

    private void warnIf(boolean wrong, String seen, String wayOut) {
        if (wrong) {
            findings.add(Finding.warn(SUBJECT, seen, wayOut));
        }
    }

    private String summary() {
        return "lease_scope %s, max_connections %s, conn_max_age %s, statement_timeout %s"
                .formatted(
                        settings.leaseScope().name().toLowerCase(Locale.ROOT),
                        settings.maxConnections().isPresent()
                                ? settings.maxConnections().getAsInt()
                                : "unlimited",
                        seconds(settings.connMaxAge()),
                        seconds(Optional.of(settings.statementTimeout())));
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(known -> known.toMillis() % 1000 == 0 ? known.toSeconds() + " s" : known.toMillis() + " ms")
                .orElse("unlimited");
    }
}
