package dev.mooring.auth.sessions;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mooring.auth.codec.CodecException;
import dev.mooring.auth.codec.ConstantTime;
import dev.mooring.auth.codec.Hmac;
import dev.mooring.auth.codec.Hmac.Algorithm;
import dev.mooring.auth.codec.JsonReader;
import dev.mooring.auth.codec.JsonWriter;
import dev.mooring.auth.codec.Payload;
import dev.mooring.auth.signing.BadSignatureException;
import dev.mooring.auth.signing.SecretKeys;
import dev.mooring.auth.signing.Signer;
import dev.mooring.auth.signing.TimestampSigner;
import dev.mooring.error.ImproperlyConfiguredException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is in the column {@code session_data}: signed JSON, compressed where that is shorter. Thread-safe. */
final class SessionCodec {

    private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);

    /** Every class called SessionStore in Django has it, whatever it stores sessions in. */
    private static final String SALT = "django.contrib.sessions.SessionStore";

    private static final String SALT_BEFORE_3_1 = "django.contrib.sessionsSessionStore";
    private static final int PICKLE = 0x80;
    private static final int NEWEST_PICKLE_PROTOCOL = 5;

    private final TimestampSigner signer;
    private final List<Hmac> before31;

    SessionCodec(SecretKeys keys, InstantSource clock, boolean readsOldFormats) {
        Signer plain = readsOldFormats ? Signer.acceptingSha1(keys, SALT) : Signer.of(keys, SALT);
        signer = TimestampSigner.of(plain, clock);
        before31 = readsOldFormats
                ? keys.all().stream()
                        .map(key -> Hmac.salted(Algorithm.SHA1, SALT_BEFORE_3_1, key.reveal()))
                        .toList()
                : List.of();
    }

    String encode(Map<String, @Nullable Object> data) {
        return signer.sign(Payload.encodeCompressed(JsonWriter.write(data).getBytes(ISO_8859_1)));
    }

    /**
     * {@return what {@link #encode} was given; nothing, with a warning, if nobody who knows the secret key made it}
     *
     * @throws ImproperlyConfiguredException if Django wrote it with its pickle serializer
     */
    Map<String, @Nullable Object> decode(String stored) {
        try {
            byte[] json = stored.indexOf(':') < 0 ? before31(stored) : Payload.decode(signer.unsign(stored));
            refusePickle(json);
            return object(JsonReader.read(new String(json, ISO_8859_1)));
        } catch (BadSignatureException | CodecException e) {
            LOG.warn("Session data is corrupted, and the session is taken to be empty: {}", e.getMessage());
            return Map.of();
        }
    }

    /** {@return the JSON in the format of Django 3.0: base64 of the signature in hexadecimal, a colon, and the JSON} */
    private byte[] before31(String stored) {
        byte[] decoded = base64(stored);
        String text = new String(decoded, ISO_8859_1);
        int colon = text.indexOf(':');
        if (colon >= 0) {
            byte[] json = text.substring(colon + 1).getBytes(ISO_8859_1);
            String signature = text.substring(0, colon);
            for (Hmac hmac : before31) {
                if (ConstantTime.equal(HexFormat.of().formatHex(hmac.of(json)), signature)) {
                    return json;
                }
            }
        }
        throw corrupted();
    }

    private static byte[] base64(String stored) {
        try {
            return Base64.getMimeDecoder().decode(stored);
        } catch (IllegalArgumentException e) {
            throw corrupted();
        }
    }

    private static CodecException corrupted() {
        return new CodecException("it is not signed, or with another secret key");
    }

    private static void refusePickle(byte[] json) {
        if (json.length > 1 && (json[0] & 0xff) == PICKLE && json[1] <= NEWEST_PICKLE_PROTOCOL) {
            throw new ImproperlyConfiguredException(
                    "A session was written by Django's PickleSerializer, which only Python can read; set"
                            + " SESSION_SERIALIZER to 'django.contrib.sessions.serializers.JSONSerializer' in the Django"
                            + " project, and delete the rows of django_session that were written before");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object json) {
        if (json instanceof Map<?, ?> object) {
            return (Map<String, @Nullable Object>) object;
        }
        throw new CodecException("it is JSON, but no object");
    }
}
