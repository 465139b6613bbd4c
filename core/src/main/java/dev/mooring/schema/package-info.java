/** Values that describe tables: what migrations build up and schema generators turn into SQL; and JSON. All immutable. */
package dev.mooring.schema;
