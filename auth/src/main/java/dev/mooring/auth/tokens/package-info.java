/** Tokens that other packages of Django sites make, checked and never made: REST framework's, and simplejwt's. */
package dev.mooring.auth.tokens;
