package dev.mooring.migrations;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.schema.Column;
import dev.mooring.schema.ColumnType;
import dev.mooring.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A short history with something of everything: tables that refer to each other, rows, a table that SQLite has to build
 * anew, a migration written as SQL, one in no transaction, and a change of rows that must not be made twice.
 */
final class ShopHistory {

    /** In the order to apply them. */
    static final List<String> NAMES =
            List.of("0001_initial", "0002_rows", "0003_longer_name", "0004_reviews", "0005_index", "0006_count");

    /** Of the one in no transaction; each can be run again. */
    private static final List<String> IDEMPOTENT = List.of(
            "CREATE INDEX %s IF NOT EXISTS review_stars ON review (stars)",
            "UPDATE review SET stars = 5 WHERE stars IS NULL");

    private ShopHistory() {}

    static List<Migration> of(String engine) {
        Column name = Column.of("name", ColumnType.varchar(20));
        return List.of(
                Migration.of("shop", NAMES.get(0))
                        .with(Operations.createTable(Table.of(
                                "product",
                                Column.of("id", ColumnType.INTEGER).primaryKey(),
                                name,
                                Column.of("stock", ColumnType.INTEGER),
                                Column.of("supplier_id", ColumnType.INTEGER).references("supplier", "id"))))
                        .with(Operations.createTable(Table.of(
                                "supplier", Column.of("id", ColumnType.INTEGER).primaryKey()))),
                next(1).with(Operations.run(ShopHistory::addRows)),
                next(2).with(Operations.alterColumn("product", Column.of("name", ColumnType.varchar(200)))),
                next(3).with(Operations.sql("""
                                CREATE TABLE review (stars integer NULL, text varchar(50));
                                INSERT INTO review VALUES (NULL, 'good; but late');
                                """, "DROP TABLE review")),
                next(4).nonAtomic().with(Operations.sql(String.join(";", idempotent(engine)))),
                next(5).with(Operations.run(database -> {
                    database.execute("UPDATE product SET stock = stock + 1 WHERE id = 1");
                    database.execute("UPDATE product SET stock = stock + 1 WHERE id = 2");
                })));
    }

    static List<String> idempotent(String engine) {
        String how = engine.equals("postgresql") ? "CONCURRENTLY" : "";
        return IDEMPOTENT.stream().map(sql -> sql.replace("%s", how)).toList();
    }

    /** {@return what is in the database: its tables, their rows, and what the ledger says} */
    static List<String> facts(Databases databases) {
        List<String> facts = new ArrayList<>(Tables.facts(databases));
        for (String table : databases.using("default").tableNames()) {
            String columns = table.equals("django_migrations") ? "app, name" : "*";
            databases
                    .query("SELECT " + columns + " FROM " + table)
                    .forEach(row -> facts.add(table + " " + row.values()));
        }
        return facts;
    }

    private static void addRows(Database database) {
        database.execute("INSERT INTO supplier (id) VALUES (7)");
        database.execute("INSERT INTO product (id, name, stock, supplier_id) VALUES (1, 'tea', 3, 7)");
        database.execute("INSERT INTO product (id, name, stock, supplier_id) VALUES (2, 'rum', 5, 7)");
    }

    private static Migration next(int index) {
        return Migration.of("shop", NAMES.get(index)).after("shop", NAMES.get(index - 1));
    }
}
