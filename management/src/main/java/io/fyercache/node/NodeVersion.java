package io.fyercache.node;

import picocli.CommandLine.IVersionProvider;

/** The version, as the jar says it. */
final class NodeVersion implements IVersionProvider {
    /** For picocli. */
    NodeVersion() {}

    @Override
    public String[] getVersion() {
        String version = NodeVersion.class.getPackage().getImplementationVersion();
        return new String[] {"fyercache-node " + (version == null ? "(not from a jar)" : version)};
    }
}
