/**
 * Carrying short messages to every process that listens, as a port: what the topology {@code invalidated} needs of a broker. Knows neither what the
 * messages say nor any broker; each bus is an artefact of its own, found by {@link java.util.ServiceLoader}, but for that of a cluster, which its engines bring.
 */
@NullMarked
package io.fyercache.core.bus;

import org.jspecify.annotations.NullMarked;
