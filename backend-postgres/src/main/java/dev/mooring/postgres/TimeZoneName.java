package dev.mooring.postgres;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What PostgreSQL calls a time zone. */
final class TimeZoneName {

    private TimeZoneName() {}

    /** POSIX, which PostgreSQL follows for offsets, counts them westwards: Java's {@code +02:00} is its {@code -02:00}. */
    static String of(ZoneId zone) {
        if (!zone.getRules().isFixedOffset()) {
            return zone.getId();
        }
        ZoneOffset offset = zone.getRules().getOffset(Instant.EPOCH);
        if (offset.equals(ZoneOffset.UTC)) {
            return "UTC";
        }
        ZoneOffset westwards = ZoneOffset.ofTotalSeconds(-offset.getTotalSeconds());
        return "<" + offset.getId() + ">" + westwards.getId();
    }
}
