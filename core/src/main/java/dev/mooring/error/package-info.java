/** What went wrong, in the words of PEP 249 and Django: {@code Error} became {@code Exception}. */
package dev.mooring.error;
