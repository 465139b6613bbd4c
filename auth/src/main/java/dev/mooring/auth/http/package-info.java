/**
 * Sessions, the current user, CSRF protection and the boundary of units of work for web applications: what Django's
 * middleware does, as a servlet filter and for the JDK's own HTTP server.
 */
package dev.mooring.auth.http;
