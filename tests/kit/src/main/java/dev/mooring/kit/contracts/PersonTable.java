package dev.mooring.kit.contracts;

import org.junit.jupiter.api.BeforeEach;

/** A contract about a table of people. */
abstract class PersonTable extends Contract {

    @BeforeEach
    final void createPerson() {
        databases.execute("DROP TABLE IF EXISTS person");
        databases.execute("CREATE TABLE person (id integer PRIMARY KEY, first_name varchar(50), age integer)");
    }
}
