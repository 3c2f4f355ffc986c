package io.fyercache.sharded.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.time.ManualClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int MAX_BYTES = 100_000;

    private final List<byte[]> frames = new ArrayList<>();
    private final RefusalLog refusals = new RefusalLog(new ManualClock(0));
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameReader(refusals, new Keeping()));

    /** Keeps the frames. */
    private final class Keeping implements Stage {
        @Override
        public int maxFrameBytes() {
            return MAX_BYTES;
        }

        @Override
        public void begin() {}

        @Override
        public void frame(byte[] bytes, int length) {
            frames.add(Arrays.copyOf(bytes, length));
        }

        @Override
        public void ended() {}
    }

    private void arrives(byte[] bytes) {
        ByteBuf in = Unpooled.copiedBuffer(bytes);
        channel.writeInbound(in);
        assertThat(in.refCnt()).as("released").isZero();
    }

    private static byte[] framed(byte[]... contents) {
        ByteBuf out = Unpooled.buffer();
        for (byte[] content : contents) {
            out.writeInt(content.length).writeBytes(content);
        }
        return Arrays.copyOf(out.array(), out.writerIndex());
    }

    @Test
    void frames_areTheSame_howeverTheyAreCut() {
        byte[] first = {1, 2, 3};
        byte[] second = new byte[5_000];
        new Random(1).nextBytes(second);
        byte[] third = {9};
        byte[] all = framed(first, second, third);
        for (int step : new int[] {1, 2, 3, 7, 1_000, all.length}) {
            frames.clear();
            for (int from = 0; from < all.length; from += step) {
                arrives(Arrays.copyOfRange(all, from, Math.min(all.length, from + step)));
            }
            assertThat(frames).as("step %s", step).containsExactly(first, second, third);
        }
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void largestFrame_isTaken_andOneByteMoreIsNot() {
        arrives(framed(new byte[MAX_BYTES]));
        assertThat(frames).hasSize(1);

        arrives(framed(new byte[MAX_BYTES + 1]));

        assertThat(frames).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(refusals.count(Refusal.OVERSIZED)).isEqualTo(1);
    }

    @Test
    void emptyAndNegativeLengths_areRefused_andNothingAfterThemIsRead() {
        arrives(framed(new byte[0], new byte[] {1}));

        assertThat(frames).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        assertThat(refusals.count(Refusal.OVERSIZED)).isEqualTo(1);

        EmbeddedChannel other = new EmbeddedChannel(new FrameReader(refusals, new Keeping()));
        other.writeInbound(Unpooled.copiedBuffer(new byte[] {-1, -1, -1, -1, 1}));
        assertThat(other.isOpen()).isFalse();
        assertThat(refusals.count(Refusal.OVERSIZED)).isEqualTo(2);
    }

    @Test
    void writtenFrame_isReadBack() {
        byte[] frame = {4, 5, 6};
        FrameReader.send(channel, frame);

        ByteBuf out = channel.readOutbound();
        byte[] written = new byte[out.readableBytes()];
        out.readBytes(written);
        out.release();
        arrives(written);

        assertThat(frames).containsExactly(frame);
    }
}
