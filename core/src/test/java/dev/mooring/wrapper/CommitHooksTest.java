package dev.mooring.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class CommitHooksTest {

    private final List<Integer> ran = new ArrayList<>();

    @Test
    void thatAreRobustOnlySpeakToTheLogWhenTheyFail() { // HK-02, HK-03
        List<Object> logged = new ArrayList<>();
        CommitHooks hooks = new CommitHooks("default", logger(logged));
        IllegalStateException failure = new IllegalStateException("hook");
        Runnable failing = () -> {
            throw failure;
        };

        hooks.runAtOnce(failing, true);
        hooks.add(failing, true);
        hooks.add(() -> ran.add(1), false);
        hooks.committed();
        hooks.run();

        assertThat(ran).containsExactly(1);
        assertThat(logged).hasSize(2);
        assertThat((Object[]) logged.get(0))
                .contains("default", "outside a transaction", failure)
                .doesNotContain("after a commit");
        assertThat((Object[]) logged.get(1)).contains("after a commit", failure);
    }

    @Test
    void ofASavepointThatWentWithAnEarlierOneAreNotMistakenForOthers() {
        CommitHooks hooks = new CommitHooks("default");
        hooks.set("a");
        hooks.add(() -> ran.add(1), false);
        hooks.set("b");
        hooks.rolledBackTo("a");
        hooks.add(() -> ran.add(2), false);
        hooks.add(() -> ran.add(3), false);
        hooks.rolledBackTo("b");
        hooks.committed();
        hooks.run();

        assertThat(ran).isEmpty();
    }

    private static Logger logger(List<Object> logged) {
        return (Logger) Proxy.newProxyInstance(
                CommitHooksTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("error");
                    logged.add(arguments[1]);
                    return null;
                });
    }
}
