package dev.mooring.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.auth.signing.Signer;
import dev.mooring.auth.signing.TimestampSigner;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads texts as if they stood in the column of sessions. */
public final class FuzzedSessions {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final SessionCodec codec;
    private final TimestampSigner signer;

    public FuzzedSessions(SecretKeys keys) {
        codec = new SessionCodec(keys, CLOCK, true);
        signer = TimestampSigner.of(Signer.of(keys, "django.contrib.sessions.SessionStore"), CLOCK);
    }

    /** As it is, and as what Django would have signed. */
    public void read(String text) {
        assertThat(codec.decode(text)).isNotNull();
        String signed;
        try {
            signed = signer.sign(text);
        } catch (IllegalArgumentException e) {
            signed = "";
        }
        try {
            Map<String, @Nullable Object> data = codec.decode(signed);
            assertThat(codec.decode(codec.encode(data))).isEqualTo(data);
            data.values().forEach(FuzzedSessions::expire);
        } catch (ImproperlyConfiguredException e) {
            assertThat(e).hasMessageContaining("PickleSerializer");
        }
        expire(text);
    }

    private static void expire(@Nullable Object entry) {
        Instant date = SessionExpiry.date(entry, NOW, Duration.ofDays(14), ZoneOffset.UTC);
        assertThat(date).isBetween(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));
    }
}
