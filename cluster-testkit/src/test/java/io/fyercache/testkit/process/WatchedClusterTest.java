package io.fyercache.testkit.process;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a cluster that has a cache of each topology, which are changed and read all the time, in all of its tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WatchedClusterTest {
    WatchedCluster watched;
    ProcessCluster cluster;

    @BeforeAll
    void start(@TempDir Path shared) {
        watched = WatchedCluster.start(shared);
        cluster = watched.cluster();
    }

    @AfterAll
    void end() {
        if (watched != null) {
            watched.close();
        }
    }
}
