/** From the text of a statement to a call of the driver, on a connection that somebody else holds; not exported. */
package dev.mooring.statement;
