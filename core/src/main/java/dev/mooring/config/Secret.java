package dev.mooring.config;

import static java.util.Objects.requireNonNull;

import dev.mooring.error.ErrorKind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A password or another text that must not be shown: no method but {@link #reveal()} gives it away. Thread-safe, if the supplier
 * of {@link #from} is.
 */
public final class Secret {

    private final @Nullable String text;
    private final Supplier<? extends @Nullable String> supplier;
    /** What it is, for errors. */
    private final String name;

    private Secret(@Nullable String text, Supplier<? extends @Nullable String> supplier, String name) {
        this.text = text;
        this.supplier = supplier;
        this.name = name;
    }

    /** {@return a secret that holds {@code text}} */
    public static Secret of(String text) {
        requireNonNull(text, "text");
        return new Secret(text, () -> text, "");
    }

    /** {@return a secret that asks {@code supplier} each time that it is revealed} */
    public static Secret from(Supplier<String> supplier) {
        return new Secret(null, requireNonNull(supplier, "supplier"), "a secret");
    }

    /** {@return the same secret, which errors call {@code name}} */
    Secret named(String name) {
        return new Secret(text, supplier, name);
    }

    /**
     * {@return the text itself, to be handed to a driver and nowhere else} Backends ask for it each time that they open a connection.
     *
     * @throws dev.mooring.error.OperationalException if it comes from a supplier, and that throws or returns null
     */
    public String reveal() {
        @Nullable String revealed;
        try {
            revealed = supplier.get();
        } catch (RuntimeException e) {
            // Its message may quote what it could not read.
            throw ErrorKind.OPERATIONAL.exception(
                    "The supplier of %s threw %s".formatted(name, e.getClass().getName()), e);
        }
        if (revealed == null) {
            throw ErrorKind.OPERATIONAL.exception("The supplier of %s returned null".formatted(name));
        }
        return revealed;
    }

    /** {@return whether the text is always the same, and so can be checked beforehand} */
    public boolean isFixed() {
        return text != null;
    }

    /** {@return whether nothing was set} What a supplier gives is not asked for. */
    public boolean isEmpty() {
        return text != null && text.isEmpty();
    }

    /** {@return three asterisks, or nothing for an empty secret} */
    @Override
    public String toString() {
        return isEmpty() ? "" : "***";
    }
}
