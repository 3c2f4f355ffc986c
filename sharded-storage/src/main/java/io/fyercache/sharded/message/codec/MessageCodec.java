package io.fyercache.sharded.message.codec;

import static io.fyercache.sharded.message.codec.TaggedForm.kind;
import static io.fyercache.sharded.message.codec.TaggedForm.only;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.message.ClientMessage.CacheDestroyed;
import io.fyercache.sharded.message.ClientMessage.CacheGivenUp;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ClientMessage.CountsAsked;
import io.fyercache.sharded.message.ClientMessage.CountsTold;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Unsubscribed;
import io.fyercache.sharded.message.ClientMessage.ListenerBeat;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearChanges;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.ClientMessage.TimeAsked;
import io.fyercache.sharded.message.ClientMessage.TimeTold;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Heard;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Publish;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Subscribe;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Unsubscribe;
import io.fyercache.sharded.message.MemberMessage.Asked;
import io.fyercache.sharded.message.MemberMessage.Goodbye;
import io.fyercache.sharded.message.MemberMessage.Grant;
import io.fyercache.sharded.message.MemberMessage.Heartbeat;
import io.fyercache.sharded.message.MemberMessage.OfPartition;
import io.fyercache.sharded.message.MemberMessage.Relayed;
import io.fyercache.sharded.message.MemberMessage.Relinquish;
import io.fyercache.sharded.message.MemberMessage.TableChanged;
import io.fyercache.sharded.message.MemberMessage.Used;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.topology.TopologyFormatException;
import java.util.List;

/**
 * The binary form of messages.
 *
 * <p>Layout: a byte for the version of the format, a byte for the kind of message, and its parts in the order of the record. Numbers are
 * varints of 7 bits a byte where small ones are common, else they take 8 bytes, little-endian. Keys, values and lists begin with their
 * length. A part of which there are several kinds begins with a byte for its kind. There is no checksum and no length in front: whoever
 * carries the bytes knows their number and protects them.
 *
 * <p>What is read is not trusted: no length is believed before it was compared with its limit ({@link MessageLimits}) and with the bytes
 * that are left, so what is allocated is in proportion to what was received. Each message has one form: whatever is accepted, encoding
 * yields again.
 *
 * <p>Thread-safe, as it keeps nothing.
 */
public final class MessageCodec {
    /** The first byte of every message. */
    static final int FORMAT_VERSION = 1;

    /** Version and kind. */
    private static final int MIN_BYTES = 2;

    /** Bytes: most messages, but for their values. */
    private static final int INITIAL_CAPACITY = 128;

    private static final Form<Message> MESSAGE = new TaggedForm<>(
            "message",
            List.of(
                    // Between members.
                    kind(
                            1,
                            OfPartition.class,
                            MemberMessageForms::writeOfPartition,
                            MemberMessageForms::readOfPartition),
                    kind(2, Heartbeat.class, MemberMessageForms::writeHeartbeat, MemberMessageForms::readHeartbeat),
                    kind(3, Grant.class, MemberMessageForms::writeGrant, MemberMessageForms::readGrant),
                    only(4, Goodbye.class, Goodbye.GOODBYE),
                    kind(
                            5,
                            TableChanged.class,
                            MemberMessageForms::writeTableChanged,
                            MemberMessageForms::readTableChanged),
                    kind(6, Relinquish.class, MemberMessageForms::writeRelinquish, MemberMessageForms::readRelinquish),
                    kind(7, Asked.class, MemberMessageForms::writeAsked, MemberMessageForms::readAsked),
                    kind(8, Relayed.class, MemberMessageForms::writeRelayed, MemberMessageForms::readRelayed),
                    kind(
                            9,
                            Used.class,
                            (out, message) -> MemberMessageForms.USED_KEYS.write(out, message.keys()),
                            in -> new Used(MemberMessageForms.USED_KEYS.read(in))),
                    // Between clients and members.
                    kind(32, Call.class, ClientMessageForms::writeCall, ClientMessageForms::readCall),
                    kind(33, Reply.class, ClientMessageForms::writeReply, ClientMessageForms::readReply),
                    only(34, ListenerBeat.class, ListenerBeat.LISTENER_BEAT),
                    kind(35, Changes.class, ListeningForms::writeChanges, ListeningForms::readChanges),
                    kind(36, ChangesHeard.class, ListeningForms::writeChangesHeard, ListeningForms::readChangesHeard),
                    kind(
                            37,
                            CacheDestroyed.class,
                            (out, message) -> EntryForms.writeCache(out, message.cache()),
                            in -> new CacheDestroyed(EntryForms.readCache(in))),
                    kind(
                            38,
                            CacheGivenUp.class,
                            (out, message) -> EntryForms.writeCache(out, message.cache()),
                            in -> new CacheGivenUp(EntryForms.readCache(in))),
                    kind(39, NearQuestion.class, NearForms::writeQuestion, NearForms::readQuestion),
                    kind(40, NearAnswer.class, NearForms::writeAnswer, NearForms::readAnswer),
                    kind(
                            41,
                            NearChanges.class,
                            (out, message) -> NearForms.NEWS.write(out, message.news()),
                            in -> new NearChanges(NearForms.NEWS.read(in))),
                    kind(42, CountsAsked.class, CountForms::writeAsked, CountForms::readAsked),
                    kind(43, CountsTold.class, CountForms::writeTold, CountForms::readTold),
                    kind(44, Subscribe.class, TopicForms::writeSubscribe, TopicForms::readSubscribe),
                    kind(45, Publish.class, TopicForms::writePublish, TopicForms::readPublish),
                    kind(46, Heard.class, TopicForms::writeHeard, TopicForms::readHeard),
                    kind(47, Unsubscribe.class, TopicForms::writeUnsubscribe, TopicForms::readUnsubscribe),
                    kind(48, FromRelay.Delivery.class, TopicForms::writeDelivery, TopicForms::readDelivery),
                    kind(49, Unsubscribed.class, TopicForms::writeUnsubscribed, TopicForms::readUnsubscribed),
                    kind(
                            50,
                            TimeAsked.class,
                            (out, message) -> out.writeFixed64(message.sentNanos()),
                            in -> new TimeAsked(in.readFixed64())),
                    kind(51, TimeTold.class, ClientMessageForms::writeTime, ClientMessageForms::readTime)));

    private MessageCodec() {}

    /**
     * Returns the form of a message.
     *
     * @throws IllegalArgumentException if a number in it is out of its range, if it exceeds one of the {@link MessageLimits}, if a value is
     *     not an encoded one, or if the operation is an {@code Invoke}, whose process cannot be sent
     */
    public static byte[] encode(Message message) {
        ByteSink out = new ByteSink(INITIAL_CAPACITY, MessageLimits.MESSAGE_BYTES, MessageCodec::tooLong);
        try {
            out.writeByte(FORMAT_VERSION);
            MESSAGE.write(out, message);
            return out.toBytes();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "message " + message.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException tooLong(int maxBytes) {
        return new IllegalArgumentException(
                "length of a message: more than " + maxBytes + " bytes (expected: at most that many)");
    }

    /**
     * Reads a message.
     *
     * @throws MessageFormatException if the bytes are nothing that {@link #encode} returned
     */
    public static Message decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * Reads a message from a part of the bytes, of which the message keeps none.
     *
     * @throws MessageFormatException if that part is nothing that {@link #encode} returned
     * @throws IndexOutOfBoundsException if it is not within the bytes
     */
    public static Message decode(byte[] bytes, int offset, int length) {
        ByteSource in = new ByteSource(bytes, offset, length, MessageCodec::damaged);
        if (length < MIN_BYTES || length > MessageLimits.MESSAGE_BYTES) {
            throw new MessageFormatException(
                    "length of a message: " + length + " bytes (expected: " + MIN_BYTES + ".."
                            + MessageLimits.MESSAGE_BYTES + ")",
                    null);
        }
        int version = in.readByte();
        if (version != FORMAT_VERSION) {
            throw new MessageFormatException(
                    "format version of a message: " + version + " (expected: " + FORMAT_VERSION
                            + "); a process of another release sent it, or it is damaged",
                    null);
        }
        try {
            Message message = MESSAGE.read(in);
            in.finish();
            return message;
        } catch (IllegalArgumentException | TopologyFormatException e) {
            // The values check themselves; here what they refuse came from outside.
            throw new MessageFormatException(
                    "damaged message: before byte " + (length - in.remaining()) + " of " + length + ", "
                            + e.getMessage(),
                    e);
        }
    }

    private static MessageFormatException damaged(int position, int length, String found) {
        return new MessageFormatException(
                "damaged message: at byte " + position + " of " + length + ", " + found, null);
    }
}
