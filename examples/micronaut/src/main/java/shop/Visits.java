package shop;

import dev.mooring.Databases;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.annotation.PostConstruct;

@Controller("/visits")
@ExecuteOn(TaskExecutors.BLOCKING)
@InUnitOfWork
public class Visits {

    private final Databases databases;

    Visits(Databases databases) {
        this.databases = databases;
    }

    @PostConstruct
    void migrate() {
        databases.execute("CREATE TABLE IF NOT EXISTS visit (page varchar(50))");
    }

    @Post
    public String visit() {
        return databases.atomic(() -> {
            databases.execute("INSERT INTO visit VALUES (%s)", "/");
            return "thank you";
        });
    }

    @Get
    public String count() {
        return databases.query(Long.class, "SELECT count(*) FROM visit").one().toString();
    }

    /** What a program does by mistake: the unit of work ends it. */
    @Post("/forgotten")
    public String forget() {
        databases.get().transaction().setAutocommit(false);
        databases.execute("INSERT INTO visit VALUES (%s)", "/forgotten");
        return "forgotten";
    }
}
