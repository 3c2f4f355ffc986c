package io.fyercache.node;

import java.io.IOException;

/** Runs the command in a JVM that ends when the one that has started it does, however that ends: its standard input is closed then. */
public final class DependentNode {
    private DependentNode() {}

    public static void main(String[] arguments) {
        Thread watching = new Thread(DependentNode::haltWhenAlone, "starter-watch");
        watching.setDaemon(true);
        watching.start();
        FyerNode.main(arguments);
    }

    private static void haltWhenAlone() {
        try {
            while (System.in.read() >= 0) {
                // Nobody has anything to say.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(3);
    }
}
