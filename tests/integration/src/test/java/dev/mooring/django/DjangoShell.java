package dev.mooring.django;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.django.RealDjango.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Base64;
import java.util.Map;

/** A running Python with Django set up, which keeps its variables from one question to the next. */
public final class DjangoShell implements AutoCloseable {

    private final SocketChannel channel;
    private final OutputStream questions;
    private final BufferedReader answers;

    DjangoShell(SocketChannel channel, Map<String, String> variables) {
        this.channel = channel;
        questions = Channels.newOutputStream(channel);
        answers = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8));
        send(variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .collect(joining("\n")));
    }

    /** {@return what these lines of Python printed, stripped} An exception in Python fails the test. */
    public String run(String lines) {
        Outcome outcome = ask(lines);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output().strip();
    }

    /** {@return how a program of these lines would have ended} */
    Outcome ask(String lines) {
        send(lines);
        try {
            String answer = answers.readLine();
            assertThat(answer).as("the answer of Django's process").isNotNull();
            int space = answer.indexOf(' ');
            String said = new String(Base64.getDecoder().decode(answer.substring(space + 1)), UTF_8);
            return new Outcome(Integer.parseInt(answer.substring(0, space)), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String text) {
        try {
            questions.write((Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
