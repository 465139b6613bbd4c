package dev.mooring.benchmarks.stub;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;

/** What a connection can do that no pool asks for while it hands one out. */
abstract class StatelessConnection implements Connection {

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("The stub connection does nothing but be handed out");
    }

    @Override
    public Statement createStatement() {
        throw unsupported();
    }

    @Override
    public CallableStatement prepareCall(String sql) {
        throw unsupported();
    }

    @Override
    public PreparedStatement prepareStatement(String sql) {
        throw unsupported();
    }

    @Override
    public String nativeSQL(String sql) {
        throw unsupported();
    }

    @Override
    public DatabaseMetaData getMetaData() {
        throw unsupported();
    }

    @Override
    public Statement createStatement(int type, int concurrency) {
        throw unsupported();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) {
        throw unsupported();
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) {
        throw unsupported();
    }

    @Override
    public Map<String, Class<?>> getTypeMap() {
        throw unsupported();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) {
        throw unsupported();
    }

    @Override
    public Savepoint setSavepoint() {
        throw unsupported();
    }

    @Override
    public Savepoint setSavepoint(String name) {
        throw unsupported();
    }

    @Override
    public void rollback(Savepoint savepoint) {
        throw unsupported();
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) {
        throw unsupported();
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) {
        throw unsupported();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability) {
        throw unsupported();
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) {
        throw unsupported();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int generatedKeys) {
        throw unsupported();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columns) {
        throw unsupported();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columns) {
        throw unsupported();
    }

    @Override
    public Clob createClob() {
        throw unsupported();
    }

    @Override
    public Blob createBlob() {
        throw unsupported();
    }

    @Override
    public NClob createNClob() {
        throw unsupported();
    }

    @Override
    public SQLXML createSQLXML() {
        throw unsupported();
    }

    @Override
    public void setClientInfo(String name, String value) {
        throw unsupported();
    }

    @Override
    public void setClientInfo(Properties properties) {
        throw unsupported();
    }

    @Override
    public String getClientInfo(String name) {
        throw unsupported();
    }

    @Override
    public Properties getClientInfo() {
        throw unsupported();
    }

    @Override
    public Array createArrayOf(String type, Object[] elements) {
        throw unsupported();
    }

    @Override
    public Struct createStruct(String type, Object[] attributes) {
        throw unsupported();
    }
}
