package dev.mooring.kit;

import dev.mooring.config.DatabaseSettings;
import java.util.Optional;

/**
 * The test database of one alias, from which copies are made and which nobody else connects to.
 *
 * @param creation what made it
 * @param name its name, with which those of the copies begin
 * @param settings with which it is reached; those configured if it cannot be copied, and so does not exist
 */
record Original(DatabaseCreation creation, String name, DatabaseSettings settings) {

    static Original create(
            DatabaseCreation creation, DatabaseSettings configured, Optional<String> chosen, boolean keep) {
        String name = chosen.orElseGet(creation::defaultName);
        try {
            return new Original(creation, name, creation.canCopy() ? creation.create(name, keep) : configured);
        } catch (RuntimeException | Error e) {
            creation.close();
            throw e;
        }
    }

    /** {@return the settings of a new copy, or of an empty database if it cannot be copied} */
    DatabaseSettings copy(int number) {
        String copy = name + "_" + number;
        return creation.canCopy() ? creation.copy(settings, copy) : creation.create(copy, false);
    }

    void end(boolean keep) {
        try {
            if (!keep && creation.canCopy()) {
                creation.drop(settings);
            }
        } finally {
            creation.close();
        }
    }
}
