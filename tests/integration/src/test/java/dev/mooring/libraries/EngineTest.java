package dev.mooring.libraries;

import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettingsBuilder;
import dev.mooring.kit.AfterCheck;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A table {@code item} without rows on each database; each test ends with nothing left behind. */
@ParameterizedClass
@EnumSource(Engine.class)
public abstract class EngineTest {

    @Parameter
    protected Engine engine;

    @TempDir
    protected Path directory;

    protected Databases databases;
    private AfterCheck check;

    @BeforeEach
    void open() {
        databases = Databases.of(with(engine.settings(directory).toBuilder()).build());
        check = AfterCheck.of(databases);
        databases.execute("CREATE TABLE item (id integer PRIMARY KEY, name varchar(50))");
    }

    @AfterEach
    void nothingIsLeftBehind() {
        check.closeAndVerify();
    }

    /** {@return {@code settings}, to which a test may add its own} */
    protected DatabaseSettingsBuilder with(DatabaseSettingsBuilder settings) {
        return settings;
    }
}
