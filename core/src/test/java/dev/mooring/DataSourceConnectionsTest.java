package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.config.LeaseScope;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several connections of the {@code DataSource} on one thread. */
class DataSourceConnectionsTest extends DataSourceFixture {

    @Test
    void knowNothingOfEachOther() throws SQLException {
        try (Connection one = connection();
                Connection two = connection()) {
            one.setAutoCommit(false);
            run(one, "DO");
            assertThat(two.getAutoCommit()).isTrue();
            refused(two::commit, "with autocommit on");
            run(two, "DO too");
            one.rollback();
        }

        assertThat(database.opened).hasValue(2);
        assertThat(database.drain()).containsExactly("BEGIN", "DO", "DO too", "ROLLBACK");
        assertThat(setup.counts().open()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(LeaseScope.class)
    void areAllGivenBackWhateverTheScope(LeaseScope scope) throws SQLException {
        setup.with(s -> s.leaseScope(scope));
        try (UnitOfWork unit = setup.databases().unitOfWork();
                Connection one = connection();
                Connection two = connection()) {
            run(one, "DO");
            run(two, "DO");
            two.close();
            assertThat(setup.counts().leased()).isEqualTo(1);
        }
        setup.wrapper().close();
    }

    @Test
    void areOneWhereThereIsOneAlone() throws SQLException {
        database.inMemory = true;
        try (Connection one = connection();
                Connection two = connection()) {
            one.setAutoCommit(false);
            two.setAutoCommit(false);
            run(one, "DO");
            run(two, "DO too");
            two.commit();
        }

        assertThat(database.opened).hasValue(1);
        assertThat(database.drain()).containsExactly("BEGIN", "DO", "DO too", "COMMIT");
    }

    @Test
    void areTheAtomicsInsideIt() throws SQLException {
        setup.wrapper().atomic(() -> {
            try (Connection one = connection();
                    Connection two = connection()) {
                run(one, "DO");
                run(two, "DO too");
            }
        });

        assertThat(database.drain()).containsExactly("BEGIN", "DO", "DO too", "COMMIT");
    }

    @Test
    void knowNothingOfEachOtherIfOneIsTakenAmidATransactionOfTheOther() throws SQLException {
        try (Connection one = connection()) {
            one.setAutoCommit(false);
            run(one, "DO");
            try (Connection two = connection()) {
                assertThat(two.getAutoCommit()).isTrue();
            }
        }
    }

    @Test
    void areTheAtomicsInATransactionOfTheFirst() throws SQLException {
        try (Connection one = connection()) {
            one.setAutoCommit(false);
            rolledBack(() -> {
                try (Connection two = connection()) {
                    refused(two::commit, "inside atomic");
                }
            });
        }
    }

    @Test
    void areOfATransactionByHand() throws SQLException {
        Transaction transaction = setup.wrapper().transaction();
        transaction.setAutocommit(false);
        try (Connection one = connection();
                Connection two = connection()) {
            run(one, "DO");
            run(two, "DO too");
        }
        transaction.commit();
        transaction.setAutocommit(true);

        assertThat(database.opened).hasValue(1);
        assertThat(database.drain()).containsExactly("BEGIN", "DO", "DO too", "COMMIT");
    }

    @Test
    void areTheThreadsOwnAgainAfterTheFirstIsClosed() throws SQLException {
        connection().close();
        try (Connection next = connection()) {
            next.setAutoCommit(false);
            assertThat(setup.wrapper().transaction().getAutocommit()).isFalse();
        }
    }
}
