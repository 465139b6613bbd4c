package dev.mooring.spring.boot;

import dev.mooring.Database;
import dev.mooring.Databases;
import dev.mooring.config.DatabaseSettings;
import dev.mooring.spring.AtomicTransactionManager;
import dev.mooring.spring.NonAtomicRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.HandlerMethod;

/** Knows which transactions the setting {@code atomicRequests} puts around a handler. Thread-safe. */
final class AtomicRequests {

    private final Databases databases;

    /** When first asked for: a transaction manager of JPA's takes long to make. The first is to be the outermost. */
    private final Supplier<List<Atomic>> atomic;

    /** @param applications gives the transaction manager of the application, which JPA may have brought; null if there is none */
    AtomicRequests(Databases databases, Supplier<@Nullable PlatformTransactionManager> applications) {
        this.databases = databases;
        this.atomic = SingletonSupplier.of(() -> atomic(applications));
    }

    private List<Atomic> atomic(Supplier<@Nullable PlatformTransactionManager> applications) {
        List<Atomic> found = new ArrayList<>();
        for (String alias : aliases(databases)) {
            found.add(new Atomic(alias, manager(databases.using(alias), applications)));
        }
        return found;
    }

    /** {@return the aliases with the setting; the last configured comes first, as the outermost, as in Django} */
    static List<String> aliases(Databases databases) {
        List<String> aliases = new ArrayList<>(databases.aliases());
        aliases.removeIf(alias -> !databases.using(alias).settings().atomicRequests());
        Collections.reverse(aliases);
        return aliases;
    }

    /** {@return that of the application if it works on this database, so that its {@code @Transactional} methods join} */
    private PlatformTransactionManager manager(
            Database database, Supplier<@Nullable PlatformTransactionManager> applications) {
        PlatformTransactionManager known =
                database.alias().equals(DatabaseSettings.DEFAULT_ALIAS) ? applications.get() : null;
        return known != null && database.equals(SuspendingPostProcessor.databaseOf(known))
                ? known
                : new AtomicTransactionManager(databases, database.alias());
    }

    /**
     * {@return what was begun for {@code handler}}
     *
     * @throws dev.mooring.error.ConnectionDoesNotExistException if the handler exempts a database that there is not
     */
    RequestTransactions begin(Object handler) {
        NonAtomicRequest exemption = exemption(handler);
        if (exemption == null) {
            return begin(atomic.get(), handler);
        }
        Set<String> exempt = Set.of(exemption.value());
        exempt.forEach(databases::using);
        List<Atomic> rest = atomic.get().stream()
                .filter(each -> !exempt.isEmpty() && !exempt.contains(each.alias))
                .toList();
        return begin(rest, handler);
    }

    private static RequestTransactions begin(List<Atomic> wanted, Object handler) {
        return RequestTransactions.begin(wanted.stream().map(Atomic::manager).toList(), handler.toString());
    }

    private static @Nullable NonAtomicRequest exemption(Object handler) {
        if (!(handler instanceof HandlerMethod method)) {
            return AnnotatedElementUtils.findMergedAnnotation(handler.getClass(), NonAtomicRequest.class);
        }
        NonAtomicRequest own = method.getMethodAnnotation(NonAtomicRequest.class);
        return own != null
                ? own
                : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), NonAtomicRequest.class);
    }

    private record Atomic(String alias, PlatformTransactionManager manager) {}
}
