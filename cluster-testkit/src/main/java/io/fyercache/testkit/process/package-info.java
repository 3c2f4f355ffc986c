/** Members in processes of their own, to be killed by tests of applications that use a cluster. */
@NullMarked
package io.fyercache.testkit.process;

import org.jspecify.annotations.NullMarked;
