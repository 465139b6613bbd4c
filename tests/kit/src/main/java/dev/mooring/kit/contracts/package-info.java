/** The rules that a backend has to keep, as tests for JUnit: a subclass of each {@code Contract} runs them. */
package dev.mooring.kit.contracts;
