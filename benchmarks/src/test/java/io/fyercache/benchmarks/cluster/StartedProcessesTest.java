package io.fyercache.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StartedProcessesTest {
    @Test
    void close_processesRun_endsThemAndStartsNoOther() throws Exception {
        StartedProcesses processes = new StartedProcesses();
        Process first = processes.start(endless());
        Process second = processes.start(endless());

        processes.close();

        assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThatThrownBy(() -> processes.start(endless()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the run is over");
    }

    private static ProcessBuilder endless() {
        // Waits for input that never comes.
        return new ProcessBuilder("cat");
    }
}
