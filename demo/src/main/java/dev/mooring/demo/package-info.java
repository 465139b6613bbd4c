/** The runnable main job: the ticket as an experiment, its landing page, and the manage commands. */
@NullMarked
package dev.mooring.demo;

import org.jspecify.annotations.NullMarked;
