package dev.mooring;

import dev.mooring.error.ImproperlyConfiguredException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers a {@link DatabaseMXBean} for each alias with the platform's JMX server, from the building of the databases to their
 * closing: {@code Databases.builder().listener(ManagementBeans.of("shop"))}. The one of the alias {@code default} is then called
 * {@code dev.mooring:type=Database,application=shop,alias=default}.
 *
 * <p>Needs the module {@code java.management}. Thread-safe.
 */
public final class ManagementBeans implements DatabaseListener {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementBeans.class);
    private static final Pattern PLAIN = Pattern.compile("[^,=:\"*?\\n\\\\]+");

    private final String application;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Map<DatabaseStatus, ObjectName> registered = new ConcurrentHashMap<>();

    private ManagementBeans(String application) {
        this.application = application;
    }

    /**
     * {@return a listener that registers the beans}
     *
     * @param application what tells these databases from those of other applications in the same JVM
     * @throws ImproperlyConfiguredException if it is blank
     */
    public static ManagementBeans of(String application) {
        if (application.isBlank()) {
            throw new ImproperlyConfiguredException(
                    "ManagementBeans: the name of the application is blank; give one that no other application in this JVM has");
        }
        return new ManagementBeans(application);
    }

    /**
     * Registers the bean.
     *
     * @throws ImproperlyConfiguredException if one of that name is registered already
     */
    @Override
    public void started(DatabaseStatus database) {
        String alias = database.alias();
        try {
            ObjectName name = new ObjectName(
                    "dev.mooring:type=Database,application=" + quoted(application) + ",alias=" + quoted(alias));
            server.registerMBean(new StandardMBean(new DatabaseBean(database), DatabaseMXBean.class, true), name);
            registered.put(database, name);
        } catch (InstanceAlreadyExistsException e) {
            throw new ImproperlyConfiguredException(
                    ("Could not register database '%s' with JMX: there is one of the application '%s' already. Give each"
                                    + " application in this JVM a name of its own, and close the databases that are not used"
                                    + " any more")
                            .formatted(alias, application),
                    e);
        } catch (JMException e) {
            throw new ImproperlyConfiguredException(
                    "Could not register database '%s' of the application '%s' with JMX: %s"
                            .formatted(alias, application, e),
                    e);
        }
    }

    /** Takes the bean of this database away, and none of another one's. */
    @Override
    public void stopped(DatabaseStatus database) {
        ObjectName name = registered.remove(database);
        if (name == null) {
            return;
        }
        try {
            server.unregisterMBean(name);
        } catch (JMException e) {
            LOG.warn("Could not take {} away from JMX; somebody else may have done so", name, e);
        }
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : ObjectName.quote(value);
    }
}
