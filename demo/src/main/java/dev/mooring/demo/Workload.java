package dev.mooring.demo;

import dev.mooring.config.DatabaseSettings;

/**
 * What one run of the experiment does.
 *
 * @param requests how many requests are sent
 * @param concurrency how many of them at once, at the most
 */
record Workload(ThreadModel threads, int requests, int concurrency, DatabaseSettings settings) {}
