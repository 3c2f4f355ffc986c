package io.fyercache.node.doctor;

import java.nio.file.Path;

/** Whether a change of the cluster's secret is finished: a second one that is accepted lets in whoever has it. */
record AcceptedSecretCheck(Path file) implements Check {
    /** The setting that names the file. */
    static final String SETTING = "acceptedSecretFile";

    @Override
    public Finding examine() {
        return Finding.doubtful(
                SETTING,
                "who shows the secret in " + file
                        + " is let in, too (expected: none, unless the cluster's secret is being changed)",
                "when all processes show the one in secretFile, take it out");
    }
}
