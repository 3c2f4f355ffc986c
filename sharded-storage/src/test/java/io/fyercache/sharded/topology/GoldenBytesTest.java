package io.fyercache.sharded.topology;

import static io.fyercache.sharded.topology.Samples.description;
import static io.fyercache.sharded.topology.Samples.life;
import static io.fyercache.sharded.topology.Samples.settled;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the forms still: members of two releases read each other's bytes. */
class GoldenBytesTest {
    private static final PartitionRecord LONG_NUMBERS = new PartitionRecord(
            300,
            new PartitionEpoch(200, 128, Standing.PROVISIONAL, Succession.TAKEN_OVER),
            life(Long.MAX_VALUE),
            List.of(life(Long.MAX_VALUE)),
            List.of(),
            List.of(life(3)));

    record Golden(Object value, String hex, Function<byte[], Object> decoder) {}

    /** A switch over the kinds, so that a new one without golden bytes does not compile. */
    static Golden golden(FormKind kind) {
        return switch (kind) {
            case DESCRIPTION ->
                new Golden(
                        description(),
                        "0101efcdab8967452301ffeeddccbbaa9988096772c3b6c39f652d3106686f73742d310565752d3161083130"
                                + "2e302e302e31e83964010301790e3b",
                        TopologyForm::decodeDescription);
            case MEMBER ->
                new Golden(
                        new Member(life(0x1_0000_0007L), description()),
                        "01020700000001000000efcdab8967452301ffeeddccbbaa9988096772c3b6c39f652d3106686f73742d3105"
                                + "65752d31610831302e302e302e31e8396401032abe65b3",
                        TopologyForm::decodeMember);
            case SEGMENT ->
                new Golden(
                        new TableSegment(5, new PartitionLayout(32, 4), List.of(settled(), LONG_NUMBERS)),
                        "010320040504030000000000000007000000000000000900000000000000ffffffffffffff7f0c0502010002"
                                + "00010102020002ac02c801800102030103000100bcad1100",
                        TopologyForm::decodeSegment);
            case DELTA ->
                new Golden(
                        new TableDelta(
                                1024,
                                List.of(
                                        new TableDelta.Change(5, settled()),
                                        new TableDelta.Change(1023, LONG_NUMBERS))),
                        "0104800804030000000000000007000000000000000900000000000000ffffffffffffff7f02050c05020100"
                                + "0200010102020002ff07ac02c8018001020301030001003698645e",
                        TopologyForm::decodeDelta);
        };
    }

    private static byte[] encode(Object value) {
        if (value instanceof MemberDescription description) {
            return TopologyForm.encode(description);
        }
        if (value instanceof Member member) {
            return TopologyForm.encode(member);
        }
        return value instanceof TableSegment segment
                ? TopologyForm.encode(segment)
                : TopologyForm.encode((TableDelta) value);
    }

    @ParameterizedTest
    @EnumSource
    void encode_yieldsTheGoldenBytes(FormKind kind) {
        Golden golden = golden(kind);

        assertThat(HexFormat.of().formatHex(encode(golden.value()))).isEqualTo(golden.hex());
    }

    @ParameterizedTest
    @EnumSource
    void decode_readsTheGoldenBytes(FormKind kind) {
        Golden golden = golden(kind);

        assertThat(golden.decoder().apply(HexFormat.of().parseHex(golden.hex())))
                .isEqualTo(golden.value());
    }
}
