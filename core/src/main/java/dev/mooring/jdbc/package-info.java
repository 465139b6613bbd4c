/** The {@link javax.sql.DataSource} view of a database: JDBC objects that work on the connection and the transaction of their thread; not exported. */
package dev.mooring.jdbc;
