/** Statements on tables of Django's. Not exported. */
@org.jspecify.annotations.NullMarked
package dev.mooring.auth.tables;
