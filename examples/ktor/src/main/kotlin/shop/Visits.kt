package shop

import dev.mooring.Databases
import dev.mooring.config.DatabaseSettings
import io.ktor.server.application.Application
import io.ktor.server.engine.embeddedServer
import io.ktor.server.netty.Netty
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.server.routing.routing
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.jetbrains.exposed.v1.core.Table
import org.jetbrains.exposed.v1.jdbc.Database
import org.jetbrains.exposed.v1.jdbc.SchemaUtils
import org.jetbrains.exposed.v1.jdbc.insert
import org.jetbrains.exposed.v1.jdbc.selectAll
import org.jetbrains.exposed.v1.jdbc.transactions.transaction

object Visit : Table("visit") {
    val page = varchar("page", 50)
}

/** Runs [work] on a thread that may wait, as a unit of work. */
suspend fun <T> Databases.onWorker(work: () -> T): T =
    withContext(Dispatchers.IO) { unitOfWork().use { work() } }

fun Application.visits(databases: Databases) {
    val exposed = Database.connect(databases.dataSource())
    transaction(exposed) { SchemaUtils.create(Visit) }
    routing {
        post("/visits") {
            databases.onWorker {
                transaction(exposed) { Visit.insert { it[page] = "/" } }
            }
            call.respondText("thank you")
        }
        get("/visits") {
            val count = databases.onWorker { transaction(exposed) { Visit.selectAll().count() } }
            call.respondText(count.toString())
        }
        post("/both") {
            databases.onWorker {
                transaction(exposed) {
                    Visit.insert { it[page] = "/both" }
                    databases.execute("INSERT INTO visit VALUES (%s)", "/both")
                    rollback()
                }
            }
            call.respondText("neither")
        }
        post("/forgotten") {
            databases.onWorker {
                databases.get().transaction().setAutocommit(false)
                databases.execute("INSERT INTO visit VALUES (%s)", "/forgotten")
            }
            call.respondText("forgotten")
        }
    }
}

fun main() {
    Databases.of(DatabaseSettings.fromEnvironment()).use { databases ->
        embeddedServer(Netty, port = 8080) { visits(databases) }.start(wait = true)
    }
}
