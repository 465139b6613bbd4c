package dev.mooring.demo.text;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Exceptions in words. */
public final class Messages {

    private static final int DEEPEST = 10;

    private Messages() {}

    /** {@return the message and those of its causes that it does not repeat already} */
    public static String chain(Throwable failure) {
        StringBuilder text = new StringBuilder(message(failure));
        causes(failure).skip(1).map(Messages::messageOfCause).forEach(cause -> {
            if (text.indexOf(cause) < 0) {
                text.append(": ").append(cause);
            }
        });
        return text.toString();
    }

    /** {@return each exception with its class and message, outermost first} */
    public static String inFull(Throwable failure) {
        return causes(failure)
                .map(each -> each.getClass().getSimpleName() + ": " + message(each))
                .collect(Collectors.joining("; caused by "));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, each -> each != null, each -> cause(each))
                .limit(DEEPEST)
                .flatMap(Stream::ofNullable);
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure == null ? null : failure.getCause();
    }

    /** The JDK's messages are often a bare name, of a host or a file: only the class says what happened to it. */
    private static String messageOfCause(Throwable cause) {
        boolean bare = cause instanceof IOException;
        return bare ? cause.getClass().getSimpleName() + ": " + message(cause) : message(cause);
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.strip();
    }
}
