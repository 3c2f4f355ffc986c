/** What a JVM has given names to, for factories that travel and can take nothing along but a name. */
@NullMarked
package io.fyercache.jdbc.registry;

import org.jspecify.annotations.NullMarked;
