package dev.mooring.auth;

/**
 * A {@link ModelBackend} that lets inactive users in too: Django's backend of the same name. They still have no permissions.
 * Thread-safe.
 */
public final class AllowAllUsersModelBackend extends ModelBackend {

    /** Makes one for {@code users}, whose hashers it uses. */
    public AllowAllUsersModelBackend(Users users) {
        super(users, true);
    }

    @Override
    public String name() {
        return "django.contrib.auth.backends.AllowAllUsersModelBackend";
    }
}
