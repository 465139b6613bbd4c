package dev.mooring.spring.boot;

import dev.mooring.ConnectionCounts;
import dev.mooring.Database;
import dev.mooring.Databases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@code /actuator/mooring}: for each database the connections, who holds one since when and its last statement, and who waits. Texts of
 * SQL are shown, parameters and passwords are not.
 */
@Endpoint(id = "mooring")
public final class MooringEndpoint {

    private final Databases databases;

    /** Makes one that tells of {@code databases}. */
    public MooringEndpoint(Databases databases) {
        this.databases = databases;
    }

    /** {@return what there is to tell, by alias} */
    @ReadOperation
    public Map<String, Report> databases() {
        Map<String, Report> reports = new LinkedHashMap<>();
        databases.aliases().forEach(alias -> reports.put(alias, Report.of(databases.using(alias))));
        return reports;
    }

    /**
     * What there is to tell of one database.
     *
     * @param engine the backend
     * @param maxConnections the most connections; -1 if there is no limit
     * @param counts what the connections were up to
     * @param holders who holds one now, a line for each
     */
    public record Report(String engine, int maxConnections, ConnectionCounts counts, List<String> holders) {

        static Report of(Database database) {
            OptionalInt most = database.settings().maxConnections();
            return new Report(database.backend().engine(), most.orElse(-1), database.counts(), database.holders());
        }
    }
}
