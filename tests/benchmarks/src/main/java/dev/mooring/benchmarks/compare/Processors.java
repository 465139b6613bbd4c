package dev.mooring.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the processors of a virtual machine had done at one moment, in ticks, from Linux's {@code /proc/stat}.
 *
 * @param ticks all that have passed
 * @param stolen those that another machine on the same hardware had
 */
record Processors(long ticks, long stolen) {

    private static final Path FILE = Path.of("/proc/stat");
    private static final int STOLEN = 7;

    /** {@return the counts now; none where the system does not say} */
    static Processors now() {
        try (Stream<String> lines = Files.lines(FILE)) {
            String[] words = lines.findFirst().orElseThrow().trim().split(" +");
            // What follows the first eight is counted among them already.
            long[] counts = Stream.of(words)
                    .skip(1)
                    .limit(STOLEN + 1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Processors(LongStream.of(counts).sum(), counts[STOLEN]);
        } catch (IOException | RuntimeException e) {
            return new Processors(0, 0);
        }
    }

    /** {@return how much of the time since {@code before} was stolen, in percent; none if it was not counted} */
    OptionalDouble stolenSince(Processors before) {
        long passed = ticks - before.ticks;
        return before.ticks == 0 || passed <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(100.0 * (stolen - before.stolen) / passed);
    }
}
