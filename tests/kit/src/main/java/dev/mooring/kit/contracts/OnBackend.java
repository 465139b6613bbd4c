package dev.mooring.kit.contracts;

/**
 * A test class that runs on one backend. An author writes one interface that extends this one and implements
 * {@link #backend} by default; each subclass of a contract then is a line:
 *
 * <pre>{@code
 * class AcmeStreamTest extends StreamContract implements OnAcme {}
 * }</pre>
 */
public interface OnBackend {

    /** {@return the backend under test} Called for each test; the answers are equivalent. */
    BackendUnderTest backend();
}
