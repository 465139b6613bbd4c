package shop;

import dev.mooring.Databases;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

@Path("/visits")
@Blocking
@InUnitOfWork
public class Visits {

    @Inject
    Databases databases;

    void migrate(@Observes StartupEvent start) {
        databases.execute("CREATE TABLE IF NOT EXISTS visit (page varchar(50))");
    }

    @POST
    public String visit() {
        return databases.atomic(() -> {
            databases.execute("INSERT INTO visit VALUES (%s)", "/");
            return "thank you";
        });
    }

    @GET
    public long count() {
        return databases.query(Long.class, "SELECT count(*) FROM visit").one();
    }

    /** What a program does by mistake: the unit of work ends it. */
    @POST
    @Path("/forgotten")
    public String forget() {
        databases.get().transaction().setAutocommit(false);
        databases.execute("INSERT INTO visit VALUES (%s)", "/forgotten");
        return "forgotten";
    }
}
