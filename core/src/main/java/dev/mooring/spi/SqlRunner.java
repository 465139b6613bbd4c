package dev.mooring.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL for the parts of a backend that need it, with the layer's logging, leases and error mapping around it.
 * Parameters are {@code %s} in the text; without any, a percent sign is itself. For the thread that was given it, during the call it was given for.
 */
public interface SqlRunner {

    /** {@return the rows of a query, each a list of its values} */
    List<List<@Nullable Object>> query(String sql, @Nullable Object... parameters);

    /** {@return the number of rows that a statement changed} */
    int execute(String sql, @Nullable Object... parameters);
}
