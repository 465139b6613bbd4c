package dev.mooring.auth.sessions;

import static java.util.Objects.requireNonNull;

import dev.mooring.auth.codec.CodecException;
import dev.mooring.auth.codec.JsonReader;
import dev.mooring.auth.codec.JsonWriter;
import dev.mooring.auth.codec.Unicode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a site remembers of one visitor between requests: Django's {@code request.session}.
 *
 * <p>Values are text, numbers, booleans, null, and lists and maps of those. They are copied when stored, and read as
 * {@code String}, {@code Long} ({@code BigInteger} where that is too small), {@code Double}, {@code Boolean}, null and
 * unmodifiable lists and maps. Names that begin with an underscore are Django's.
 *
 * <p>Read from the database when first needed; written by {@link #save} alone. For one thread at a time. {@link #toString()}
 * shows neither key nor data.
 */
public final class Session {

    private static final int SHORTEST_KEY = 8;
    private static final int LONGEST_KEY = 40;
    private static final int MOST_TRIES = 10;

    private final SessionStore store;
    private @Nullable String key;
    private @Nullable Map<String, @Nullable Object> data;
    private boolean modified;

    Session(SessionStore store, @Nullable String key) {
        this.store = store;
        this.key = key != null && isKey(key) ? key : null;
    }

    /** As in Django, but a key must also be one that the column can hold: visible ASCII, at most 40 characters. */
    private static boolean isKey(String key) {
        return key.length() >= SHORTEST_KEY && key.length() <= LONGEST_KEY && Unicode.isVisibleAscii(key);
    }

    /** {@return the key, which is the secret in the cookie; empty if the session was not saved yet, or was not found} */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /**
     * {@return the value called {@code name}; null if there is none}
     *
     * @throws dev.mooring.error.ImproperlyConfiguredException if Django wrote the session with its pickle serializer
     */
    public @Nullable Object get(String name) {
        return data().get(requireNonNull(name, "name"));
    }

    /** {@return whether there is a value called {@code name}, be it null} */
    public boolean contains(String name) {
        return data().containsKey(requireNonNull(name, "name"));
    }

    /** {@return the names of the values} */
    public Set<String> names() {
        return Collections.unmodifiableSet(data().keySet());
    }

    /**
     * Stores a copy of {@code value} under {@code name}.
     *
     * @throws IllegalArgumentException if JSON has no place for it
     */
    public void put(String name, @Nullable Object value) {
        data().put(requireNonNull(name, "name"), copy(name, value));
        modified = true;
    }

    /** {@return the value that was called {@code name}, which is removed; null if there was none} */
    public @Nullable Object remove(String name) {
        if (!contains(name)) {
            return null;
        }
        modified = true;
        return data().remove(name);
    }

    /** Removes all values; the key stays. */
    public void clear() {
        data = new LinkedHashMap<>();
        modified = true;
    }

    /** {@return whether something was asked of the data or changed in it} */
    public boolean isAccessed() {
        return data != null;
    }

    /** {@return whether something was changed since the session was read or saved} */
    public boolean isModified() {
        return modified;
    }

    /** {@return whether there is neither a key nor a value: then there is nothing to save, and a cookie to be deleted} */
    public boolean isEmpty() {
        return key == null && (data == null || data.isEmpty());
    }

    /**
     * Lets this session last for {@code age} after each time it is saved.
     *
     * @param age whole seconds count; zero or less lets it expire at once, in contrast to Django, where zero means what
     *     {@link #expireAtBrowserClose()} does
     */
    public void expireAfter(Duration age) {
        put(SessionExpiry.NAME, age.toSeconds() == 0 ? -1 : age.toSeconds());
    }

    /** Lets this session expire at {@code moment}. Only Django 4.1 and later understand that. */
    public void expireAt(Instant moment) {
        put(SessionExpiry.NAME, SessionExpiry.text(moment));
    }

    /** Lets the cookie last until the browser is closed; the row lasts as long as any other. */
    public void expireAtBrowserClose() {
        put(SessionExpiry.NAME, 0);
    }

    /** Lets this session last as long as the store says. */
    public void expireByDefault() {
        remove(SessionExpiry.NAME);
    }

    /** {@return whether the cookie is to last until the browser is closed} */
    public boolean expiresAtBrowserClose() {
        return SessionExpiry.atBrowserClose(get(SessionExpiry.NAME), store.expireAtBrowserClose());
    }

    /** {@return when this session would expire if it were saved now} */
    public Instant expiryDate() {
        return expiryDate(store.clock().instant());
    }

    /** {@return how long this session would last if it were saved now; negative if it has expired} */
    public Duration expiryAge() {
        Instant now = store.clock().instant();
        return Duration.between(now, expiryDate(now));
    }

    private Instant expiryDate(Instant now) {
        return SessionExpiry.date(get(SessionExpiry.NAME), now, store.age(), store.zone());
    }

    /**
     * Writes the session; one without a key is created.
     *
     * @throws SessionInterruptedException if it was deleted meanwhile
     */
    public void save() {
        String existing = key;
        if (existing == null) {
            insert();
        } else if (!store.table().update(existing, encoded(), expiryDate())) {
            throw new SessionInterruptedException();
        }
        modified = false;
    }

    /** Gives the session a new key and writes it, so that who knew the key no longer does: Django's {@code cycle_key}. */
    public void cycleKey() {
        data();
        String old = key;
        insert();
        modified = true;
        if (old != null) {
            store.table().delete(old);
        }
    }

    /** Deletes the session, its key included: Django's {@code flush}. */
    public void flush() {
        String old = key;
        clear();
        key = null;
        if (old != null) {
            store.table().delete(old);
        }
    }

    private void insert() {
        String encoded = encoded();
        Instant expires = expiryDate();
        for (int i = 0; i < MOST_TRIES; i++) {
            String fresh = store.newKey();
            if (store.table().insert(fresh, encoded, expires)) {
                key = fresh;
                return;
            }
        }
        throw new IllegalStateException("Ten new session keys in a row were taken: the random source does not work");
    }

    private String encoded() {
        return store.codec().encode(data());
    }

    private Map<String, @Nullable Object> data() {
        Map<String, @Nullable Object> present = data;
        if (present == null) {
            present = new LinkedHashMap<>(load());
            data = present;
        }
        return present;
    }

    private Map<String, @Nullable Object> load() {
        String existing = key;
        if (existing == null) {
            return Map.of();
        }
        Optional<String> stored = store.table().find(existing, store.clock().instant());
        if (stored.isEmpty()) {
            key = null;
            return Map.of();
        }
        return store.codec().decode(stored.get());
    }

    /** As it is going to be stored, which is one level deeper. */
    private static @Nullable Object copy(String name, @Nullable Object value) {
        try {
            return JsonReader.read(JsonWriter.write(Collections.singletonMap(name, value))) instanceof Map<?, ?> stored
                    ? stored.get(name)
                    : null;
        } catch (CodecException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** {@return how much there is} */
    @Override
    public String toString() {
        return "Session[" + (data == null ? "not read" : data.size() + " values") + "]";
    }
}
