package io.fyercache.sharded.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.codec.CodecLimits;
import io.fyercache.jcache.copy.Encoded;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.message.OperationResult.Failed;
import java.time.Duration;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;

/** What user code throws on a member, and what whoever called is told of it. */
class UserFailuresTest {
    private static final Encoded FORM = form(ClassFilter.standard());
    private static final Encoded STRICT =
            form(ClassFilter.of(ClassFilter.Mode.LISTED_ONLY, List.of("java.lang.String"), CodecLimits.DEFAULT));

    private static Encoded form(ClassFilter filter) {
        return new Encoded("orders", CodecChain.of(UserFailuresTest.class.getClassLoader(), filter));
    }

    /** The user's own. */
    private static final class DatabaseException extends CacheWriterException {
        private static final long serialVersionUID = 1L;

        DatabaseException(String message) {
            super(message);
        }
    }

    /** Has something that cannot travel. */
    private static final class BoundException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        // On purpose: it is what keeps this from being serialized.
        @SuppressWarnings({"unused", "serial"})
        private final Object thread = new Object();

        BoundException(String message) {
            super(message);
        }
    }

    private static CacheException told(Throwable thrown) {
        return told(new MemberForm("one", FORM).failure(thrown), FORM);
    }

    private static CacheException told(Failed failed, Encoded caller) {
        return catchThrowableOfType(
                CacheException.class,
                () -> new CallEnds("orders", Duration.ofSeconds(1), caller).result(new Answered(failed, 0)));
    }

    @Test
    void exceptionsOfJCache_areMadeAnewForTheCaller_withTheCauseThatTheyHad() {
        IllegalArgumentException cause = new IllegalArgumentException("no such order");

        for (CacheException thrown : List.of(
                new CacheLoaderException("loader failed", cause),
                new CacheWriterException("writer failed", cause),
                new EntryProcessorException("processor failed", cause),
                new CacheException("failed", cause))) {
            assertThat(told(thrown))
                    .isExactlyInstanceOf(thrown.getClass())
                    .hasMessage(thrown.getMessage())
                    .cause()
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no such order")
                    .extracting(Throwable::getStackTrace)
                    .isEqualTo(cause.getStackTrace());
        }
    }

    @Test
    void subclassOfAnExceptionOfJCache_isTheCauseOfOne() {
        assertThat(told(new DatabaseException("locked")))
                .isExactlyInstanceOf(CacheWriterException.class)
                .hasMessage("locked")
                .hasCauseExactlyInstanceOf(DatabaseException.class);
    }

    @Test
    void anythingElse_isTheCauseOfACacheExceptionThatNamesIt() {
        for (Throwable thrown : List.of(new IllegalStateException("no"), new AssertionError("no"))) {
            assertThat(told(thrown))
                    .isExactlyInstanceOf(CacheException.class)
                    .hasMessageContainingAll("'orders'", thrown.getClass().getName(), "no")
                    .hasCauseExactlyInstanceOf(thrown.getClass());
        }
    }

    @Test
    void exceptionWithoutCause_hasNone() {
        assertThat(told(new CacheLoaderException("no"))).hasNoCause();
    }

    @Test
    void exceptionThatCannotBeSent_isToldInText() {
        assertThat(told(new CacheLoaderException("loader failed", new BoundException("busy"))))
                .isExactlyInstanceOf(CacheLoaderException.class)
                .hasMessage("loader failed")
                .hasNoCause();
        assertThat(told(new BoundException("busy")))
                .hasMessageContainingAll("BoundException", "busy")
                .hasNoCause();
    }

    @Test
    void exceptionThatTakesTooManyBytes_isToldInText() {
        Failed failed = new MemberForm("one", FORM).failure(new IllegalStateException("x".repeat(Failed.MAX_CAUSE)));

        assertThat(failed.cause()).isNull();
        assertThat(failed.message()).hasSize(Failed.MAX_MESSAGE);
    }

    /** What members send is decoded as values are: no class is made that the cache does not permit. */
    @Test
    void classThatIsNotPermittedHere_isNotMade() {
        Failed failed = new MemberForm("one", FORM).failure(new DatabaseException("locked"));
        assertThat(failed.cause()).isNotNull();

        assertThat(told(failed, STRICT))
                .isExactlyInstanceOf(CacheWriterException.class)
                .hasMessage("locked")
                .hasNoCause();
    }

    @Test
    void bytesThatAreNoException_areNotTakenForOne() {
        assertThat(told(
                        new Failed(
                                CacheException.class.getName(),
                                "failed",
                                MemberForm.encoded(FORM.toStored("no exception"))),
                        FORM))
                .hasMessage("failed")
                .hasNoCause();
    }
}
