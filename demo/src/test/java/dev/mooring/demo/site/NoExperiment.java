package dev.mooring.demo.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Does nothing, and remembers what it was asked for. */
final class NoExperiment implements Experiment {

    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile String problem = "";

    @Override
    public Optional<String> start(UnaryOperator<String> form) {
        List<String> values = new ArrayList<>();
        for (String field : List.of("handling", "threads", "scope", "requests", "concurrency")) {
            values.add(form.apply(field));
        }
        asked.add("start " + String.join(" ", values));
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    @Override
    public void stop() {
        asked.add("stop");
    }

    @Override
    public void closeConnections() {
        asked.add("close");
    }

    @Override
    public Map<String, Object> state() {
        return Map.of("text", "two\nlines");
    }

    @Override
    public boolean hasVirtualThreads() {
        return false;
    }
}
