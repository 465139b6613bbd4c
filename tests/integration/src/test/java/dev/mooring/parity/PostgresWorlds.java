package dev.mooring.parity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs tests that only PostgreSQL can answer, as Django has it and as we have it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ParameterizedClass(name = "{0}")
@EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "POSTGRES_.*")
@interface PostgresWorlds {}
