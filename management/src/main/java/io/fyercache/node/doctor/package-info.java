/** What can be found wrong with where a process is to run, before it does. Each check finds one kind of fault, and must not know who asks. */
@NullMarked
package io.fyercache.node.doctor;

import org.jspecify.annotations.NullMarked;
