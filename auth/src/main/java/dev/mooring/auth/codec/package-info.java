/** How Django turns values into text: JSON as Python's, compressed payloads, HMACs, random strings. Not exported. */
package dev.mooring.auth.codec;
