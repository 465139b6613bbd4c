/** Values that describe tables: what migrations build up and schema generators turn into SQL. All immutable. */
package dev.mooring.schema;
