package dev.mooring.config;

import static java.util.Objects.requireNonNull;

/** A password or another text that must not be shown: no method but {@link #reveal()} gives it away. */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = requireNonNull(text, "text");
    }

    /** {@return a secret that holds {@code text}} */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** {@return the text itself, to be handed to a driver and nowhere else} */
    public String reveal() {
        return text;
    }

    /** {@return whether nothing was set} */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** {@return three asterisks, or nothing for an empty secret} */
    @Override
    public String toString() {
        return isEmpty() ? "" : "***";
    }
}
