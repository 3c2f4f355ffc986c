package io.fyercache.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.ContestantJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opens every provider as the benchmarks do, in a JVM of its own, and looks at what the verification finds. */
class ContestantsTest {
    private static final String REFERENCE = "reference/pojo/stats-off/eternal";
    private static final String STRING = "value/string/stats-off/eternal";
    private static final String RECORD = "value/record/stats-off/eternal";
    private static final String POJO = "value/pojo/stats-on/touched";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"FYERCACHE", "CAFFEINE", "CACHE2K", "EHCACHE", "INFINISPAN"})
    void verify_providerWithEveryFeature_hasEveryShape(Contestant contestant) throws IOException {
        assertThat(verified(contestant))
                .contains(REFERENCE + ": has it", STRING + ": has it", RECORD + ": has it", POJO + ": has it");
    }

    @ParameterizedTest
    @EnumSource(names = "HAZELCAST")
    void verify_hazelcast_hasNoReference(Contestant contestant) throws IOException {
        assertThat(verified(contestant))
                .contains(REFERENCE + ": does not support store by reference")
                .contains(STRING + ": has it", RECORD + ": has it", POJO + ": has it");
    }

    @ParameterizedTest
    @EnumSource(names = "IGNITE")
    void verify_ignite_hasNeitherReferenceNorRecords(Contestant contestant) throws IOException {
        assertThat(verified(contestant))
                .contains(REFERENCE + ": does not support store by reference")
                .contains(RECORD
                        + ": class org.apache.ignite.IgniteCheckedException: can't get field offset on a record class")
                .contains(STRING + ": has it", POJO + ": has it");
    }

    private String verified(Contestant contestant) throws IOException {
        return ContestantJvm.run(
                contestant,
                List.of("-Xmx256m"),
                VerificationProbe.class,
                List.of(contestant.name()),
                directory.resolve(contestant.id() + ".log"),
                Duration.ofMinutes(1));
    }
}
