package dev.mooring.django;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A running Python with Django set up, which keeps its variables from one question to the next. */
public final class DjangoShell implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;

    DjangoShell(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = process.inputReader(UTF_8);
    }

    /** {@return what these lines of Python printed, stripped} An exception in Python fails the test. */
    public String run(String lines) {
        try {
            process.getOutputStream().write(Base64.getEncoder().encode(lines.getBytes(UTF_8)));
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            String answer = answers.readLine();
            assertThat(answer).as("the answer of Django's process").isNotNull();
            int space = answer.indexOf(' ');
            String said = new String(Base64.getDecoder().decode(answer.substring(space + 1)), UTF_8);
            assertThat(answer.substring(0, space)).as(said).isEqualTo("ok");
            return said.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
