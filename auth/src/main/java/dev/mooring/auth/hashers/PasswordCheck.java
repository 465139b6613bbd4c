package dev.mooring.auth.hashers;

/** The outcome of {@link PasswordHashers#check}. */
public enum PasswordCheck {
    /** The password is wrong, or nothing could be right. */
    WRONG,
    /** The password is right. */
    CORRECT,
    /** The password is right, and what is stored should be made anew. */
    CORRECT_BUT_OUTDATED;

    /** {@return whether the password is right} */
    public boolean isCorrect() {
        return this != WRONG;
    }
}
