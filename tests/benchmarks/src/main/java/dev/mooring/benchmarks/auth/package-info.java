/** What logins cost, and what their time tells. */
@org.jspecify.annotations.NullMarked
package dev.mooring.benchmarks.auth;
