/** The command line: a member in a process of its own, and commands that ask a process by HTTP; knows picocli, alone. */
@NullMarked
package io.fyercache.node;

import org.jspecify.annotations.NullMarked;
