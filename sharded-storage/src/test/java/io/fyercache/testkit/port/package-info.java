/** Ports for what tests start. It lies below everyone who starts something, in the test jar of this module. */
@NullMarked
package io.fyercache.testkit.port;

import org.jspecify.annotations.NullMarked;
