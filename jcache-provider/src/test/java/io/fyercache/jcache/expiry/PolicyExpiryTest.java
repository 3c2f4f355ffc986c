package io.fyercache.jcache.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.entry.Expiry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyExpiryTest {
    private static final long NOW = 1_000;
    private static final Duration MINUTE = Duration.ONE_MINUTE;
    private static final long IN_A_MINUTE = NOW + 60_000;

    static Stream<Arguments> standardPolicies() {
        return Stream.of(
                Arguments.of(new CreatedExpiryPolicy(MINUTE), IN_A_MINUTE, Expiry.UNCHANGED, Expiry.UNCHANGED),
                Arguments.of(new ModifiedExpiryPolicy(MINUTE), IN_A_MINUTE, IN_A_MINUTE, Expiry.UNCHANGED),
                Arguments.of(new AccessedExpiryPolicy(MINUTE), IN_A_MINUTE, Expiry.UNCHANGED, IN_A_MINUTE),
                Arguments.of(new TouchedExpiryPolicy(MINUTE), IN_A_MINUTE, IN_A_MINUTE, IN_A_MINUTE),
                Arguments.of(new CreatedExpiryPolicy(Duration.ZERO), NOW, Expiry.UNCHANGED, Expiry.UNCHANGED),
                Arguments.of(
                        new TouchedExpiryPolicy(new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE - 1)),
                        Expiry.NEVER,
                        Expiry.NEVER,
                        Expiry.NEVER));
    }

    @ParameterizedTest
    @MethodSource("standardPolicies")
    void standardPolicy_isAskedOnce_andGivesDeadlines(ExpiryPolicy policy, long creation, long update, long access) {
        Expiry expiry = PolicyExpiry.of("c", policy);

        assertThat(expiry.afterCreation(NOW)).isEqualTo(creation);
        assertThat(expiry.afterUpdate(NOW)).isEqualTo(update);
        assertThat(expiry.afterAccess(NOW)).isEqualTo(access);
        assertThat(expiry.changesOnAccess()).isEqualTo(access != Expiry.UNCHANGED);
        assertThat(expiry.runsUserCode()).isFalse();
    }

    static Stream<ExpiryPolicy> endlessPolicies() {
        return Stream.of(
                new EternalExpiryPolicy(),
                new CreatedExpiryPolicy(Duration.ETERNAL),
                new ModifiedExpiryPolicy(Duration.ETERNAL),
                new AccessedExpiryPolicy(Duration.ETERNAL),
                new TouchedExpiryPolicy(Duration.ETERNAL),
                new TouchedExpiryPolicy(new Duration(TimeUnit.DAYS, Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @MethodSource("endlessPolicies")
    void policyThatNeverExpiresAnything_isEternal(ExpiryPolicy policy) {
        assertThat(PolicyExpiry.of("c", policy)).isSameAs(Expiry.ETERNAL);
    }

    private record Answers(Supplier<Duration> answer) implements ExpiryPolicy {
        @Override
        public Duration getExpiryForCreation() {
            return answer.get();
        }

        @Override
        public Duration getExpiryForAccess() {
            return answer.get();
        }

        @Override
        public Duration getExpiryForUpdate() {
            return answer.get();
        }
    }

    @Test
    void customPolicy_isAskedEachTime() {
        int[] minutes = {0};
        Expiry expiry = PolicyExpiry.of("c", new Answers(() -> new Duration(TimeUnit.MINUTES, ++minutes[0])));

        assertThat(expiry.afterCreation(NOW)).isEqualTo(NOW + 60_000);
        assertThat(expiry.afterUpdate(NOW)).isEqualTo(NOW + 120_000);
        assertThat(expiry.afterAccess(NOW)).isEqualTo(NOW + 180_000);
        assertThat(expiry.runsUserCode()).isTrue();
        assertThat(expiry.changesOnAccess()).isTrue();
        assertThat(expiry.isEternal()).isFalse();
    }

    @Test
    void customPolicy_throwsOrAnswersNothing_newEntriesAreEternal_othersKeepTheirDeadline() {
        for (Expiry expiry : new Expiry[] {
            PolicyExpiry.of("c", new Answers(() -> null)),
            PolicyExpiry.of("c", new Answers(() -> {
                throw new IllegalStateException("boom");
            }))
        }) {
            assertThat(expiry.afterCreation(NOW)).isEqualTo(Expiry.NEVER);
            assertThat(expiry.afterUpdate(NOW)).isEqualTo(Expiry.UNCHANGED);
            assertThat(expiry.afterAccess(NOW)).isEqualTo(Expiry.UNCHANGED);
        }
    }
}
