/** The API by HTTP: routes as values, and the server that serves them; knows Javalin and Jetty, alone. What is told it leaves to others. */
@NullMarked
package io.fyercache.management.http;

import org.jspecify.annotations.NullMarked;
