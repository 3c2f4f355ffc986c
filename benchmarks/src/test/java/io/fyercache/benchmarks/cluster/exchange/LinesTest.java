package io.fyercache.benchmarks.cluster.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.benchmarks.cluster.exchange.Answer.Done;
import io.fyercache.benchmarks.cluster.exchange.Answer.Failed;
import io.fyercache.benchmarks.cluster.exchange.Answer.Measured;
import io.fyercache.benchmarks.cluster.exchange.Answer.Numbers;
import io.fyercache.benchmarks.cluster.exchange.Answer.Written;
import io.fyercache.benchmarks.cluster.exchange.WritingLog.KeyLog;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
    static Stream<Request> requests() {
        return Stream.of(
                new Request.CountMembers(),
                new Request.ReadClock(),
                new Request.Fill(100, 5, 7),
                new Request.Put(1, 2, 3),
                new Request.Read(4, 5),
                new Request.ListPrimaries(6, 7),
                new Request.Measure(ClusterOperation.GET_ALL, 100, 50, 3, 9, -5, Long.MAX_VALUE),
                new Request.Keep(8),
                new Request.ChangeAt(9, 1, -7),
                new Request.AwaitChange(10, 2),
                new Request.StartWriting(1, 2, 3, 4),
                new Request.Mark(),
                new Request.FinishWriting());
    }

    static Stream<Answer> answers() {
        return Stream.of(
                new Done(),
                new Numbers(List.of()),
                new Numbers(List.of(-1L, 5L)),
                new Measured(histogram(1_000, 2_000)),
                new Written(new WritingLog(7, List.of(1L, 0L), List.of(new KeyLog(5, 6, 7), new KeyLog(8, 9, 10)), 11)),
                new Written(new WritingLog(7, List.of(), List.of(), 0)),
                new Failed("no: such  thing"));
    }

    private static Histogram histogram(long... values) {
        Histogram histogram = new Histogram(1_000_000, 3);
        for (long value : values) {
            histogram.recordValue(value);
        }
        return histogram;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void parse_lineOfARequest_isTheRequest(Request request) {
        assertThat(Request.parse(request.line())).isEqualTo(request);
    }

    @Test
    void requests_allKinds_areTestedHere() {
        assertThat(requests().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(Request.class.getPermittedSubclasses());
        assertThat(answers().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Answer.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void parse_lineOfAnAnswer_isTheAnswer(Answer answer) {
        assertThat(Answer.parse(answer.line())).isEqualTo(answer);
        assertThat(answer.line()).doesNotContain("\n");
    }

    @Test
    void failed_reasonOfManyLines_keepsTheFirst() {
        assertThat(new Failed("first\nsecond").reason()).isEqualTo("first");
        assertThat(new Failed("").reason()).isEqualTo("no reason given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jump", "fill 1 2", "fill 1 2 x", "mark now", ""})
    void parse_noRequest_isRefused(String line) {
        assertThatThrownBy(() -> Request.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"done", "@ jump", "@ measured x", "@ numbers x", "@ done and more"})
    void parse_noAnswer_isRefused(String line) {
        assertThatThrownBy(() -> Answer.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }
}
