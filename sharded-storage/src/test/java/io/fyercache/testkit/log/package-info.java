/** What is logged while a test runs. It lies below everyone who looks at that, in the test jar of this module. */
@NullMarked
package io.fyercache.testkit.log;

import org.jspecify.annotations.NullMarked;
