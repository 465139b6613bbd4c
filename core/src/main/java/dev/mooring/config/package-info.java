/** What a user says about one database: values, checked once when built and unchangeable after. */
package dev.mooring.config;
