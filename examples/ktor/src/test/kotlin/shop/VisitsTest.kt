package shop

import dev.mooring.AtomicRunnable
import dev.mooring.Databases
import dev.mooring.config.DatabaseSettings
import io.ktor.client.request.get
import io.ktor.client.request.post
import io.ktor.client.statement.bodyAsText
import io.ktor.server.testing.testApplication
import java.nio.file.Path
import org.jetbrains.exposed.v1.jdbc.Database
import org.jetbrains.exposed.v1.jdbc.SchemaUtils
import org.jetbrains.exposed.v1.jdbc.insert
import org.jetbrains.exposed.v1.jdbc.transactions.transaction
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir

class VisitsTest {

    @Test
    fun countsWhatWasNotForgotten(@TempDir directory: Path) {
        Databases.of(DatabaseSettings.fromUrl("sqlite:///" + directory.resolve("visits.db"))).use { databases ->
            testApplication {
                application { visits(databases) }
                assertEquals("thank you", client.post("/visits").bodyAsText())
                assertEquals("neither", client.post("/both").bodyAsText())
                assertEquals("forgotten", client.post("/forgotten").bodyAsText())
                assertEquals("1", client.get("/visits").bodyAsText())
            }
            assertEquals(0, databases.using("default").counts().leased())
        }
    }

    @Test
    fun exposedCannotEndOurTransaction(@TempDir directory: Path) {
        Databases.of(DatabaseSettings.fromUrl("sqlite:///" + directory.resolve("visits.db"))).use { databases ->
            val exposed = Database.connect(databases.dataSource())
            transaction(exposed) { SchemaUtils.create(Visit) }

            assertThrows<Exception> {
                databases.atomic(AtomicRunnable<Exception> { transaction(exposed) { Visit.insert { it[page] = "/" } } })
            }

            assertEquals(0, databases.query("SELECT page FROM visit").size)
        }
    }
}
