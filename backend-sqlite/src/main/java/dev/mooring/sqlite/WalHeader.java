package dev.mooring.sqlite;

import java.io.DataInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

/** What the first bytes of a database file say of its journal, for when SQLite cannot be asked. Stateless. */
final class WalHeader {

    /** Where the versions stand that a program needs to write, and to read, the file; 2 is WAL. */
    private static final int VERSIONS = 18;

    private WalHeader() {}

    /** {@return whether the file can be read, and is a database in WAL mode} */
    static boolean isInWalMode(File file) {
        try (DataInputStream header = new DataInputStream(new FileInputStream(file))) {
            header.skipNBytes(VERSIONS);
            return header.readUnsignedShort() == 0x0202;
        } catch (IOException e) {
            return false;
        }
    }
}
