/** Virtual time, in which simulated members, networks and ensembles live. It must not know what happens in it. */
@NullMarked
package io.fyercache.testkit.time;

import org.jspecify.annotations.NullMarked;
