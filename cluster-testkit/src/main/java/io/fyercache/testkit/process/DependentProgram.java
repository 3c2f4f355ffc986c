package io.fyercache.testkit.process;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs a program in a JVM that ends when the process that started it does, however that ends: it notices by its standard input, which is
 * closed then.
 */
public final class DependentProgram {
    /** The status of a JVM whose starter has ended. */
    private static final int EXIT_ALONE = 3;

    private DependentProgram() {}

    /**
     * Runs the program.
     *
     * @param arguments the class whose {@code main} is the program, and the program's own arguments
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watching = new Thread(DependentProgram::haltWhenAlone, "fyercache-starter-watch");
        watching.setDaemon(true);
        watching.start();
        String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) own);
    }

    private static void haltWhenAlone() {
        try {
            while (System.in.read() >= 0) {
                // Nobody has anything to say.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        // Nobody is left who would want anything to be handed over.
        Runtime.getRuntime().halt(EXIT_ALONE);
    }
}
