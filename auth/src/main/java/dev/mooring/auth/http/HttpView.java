package dev.mooring.auth.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of a request, whatever server it came through. */
interface HttpView {

    String method();

    /** {@return the path, decoded, in a servlet container below that of the application} */
    String path();

    boolean isSecure();

    /** {@return the names of this site that the request shows, each with its port unless that is the scheme's own} */
    List<String> hosts();

    /** {@return the first header of that name; null if there is none} */
    @Nullable
    String header(String name);

    /** {@return the cookie of that name; null if there is none} */
    @Nullable
    String cookie(String name);

    /** {@return the field of the form in the body; null if there is none or the body is no form} */
    @Nullable
    String formField(String name);
}
