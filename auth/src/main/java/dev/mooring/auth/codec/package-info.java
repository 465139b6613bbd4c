/**
 * How Django turns values into text: JSON as Python's, compressed payloads, HMACs, random strings. With them are the checks
 * of text that other packages share. Not exported.
 */
package dev.mooring.auth.codec;
