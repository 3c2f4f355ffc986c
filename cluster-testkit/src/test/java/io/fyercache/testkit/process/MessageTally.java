package io.fyercache.testkit.process;

import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.MemberMessage.OfPartition;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.Confirm;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.codec.MessageCodec;
import io.fyercache.sharded.message.codec.MessageFormatException;
import io.fyercache.testkit.transport.TcpLink.Ear;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the messages of operations that go over connections, by reading them as their receiver does. Thread-safe. */
final class MessageTally {
    private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);

    /** What operations may need. */
    enum Kind {
        CALL,
        REPLY,
        PREPARE,
        ACKNOWLEDGE,
        CONFIRM
    }

    MessageTally() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    /** Returns an ear for one direction of a connection, from its beginning. */
    Ear newEar() {
        return new Frames();
    }

    long count(Kind kind) {
        return counts.get(kind).sum();
    }

    /** Counts from now on. */
    void reset() {
        counts.values().forEach(LongAdder::reset);
    }

    private void note(byte[] frame) {
        Message message;
        try {
            message = MessageCodec.decode(frame);
        } catch (MessageFormatException e) {
            return; // Part of the handshake.
        }
        if (message instanceof Call) {
            counts.get(Kind.CALL).increment();
        } else if (message instanceof Reply) {
            counts.get(Kind.REPLY).increment();
        } else if (message instanceof OfPartition of && of.message() instanceof Prepare) {
            counts.get(Kind.PREPARE).increment();
        } else if (message instanceof OfPartition of && of.message() instanceof Acknowledge) {
            counts.get(Kind.ACKNOWLEDGE).increment();
        } else if (message instanceof OfPartition of && of.message() instanceof Confirm) {
            counts.get(Kind.CONFIRM).increment();
        }
    }

    /** Cuts what it hears into frames: four bytes of length, and as many bytes. */
    private final class Frames implements Ear {
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

        @Override
        public void hear(byte[] bytes, int count) {
            pending.write(bytes, 0, count);
            ByteBuffer heard = ByteBuffer.wrap(pending.toByteArray());
            pending.reset();
            while (heard.remaining() >= Integer.BYTES
                    && heard.remaining() - Integer.BYTES >= heard.getInt(heard.position())) {
                byte[] frame = new byte[heard.getInt()];
                heard.get(frame);
                note(frame);
            }
            pending.write(heard.array(), heard.position(), heard.remaining());
        }
    }
}
