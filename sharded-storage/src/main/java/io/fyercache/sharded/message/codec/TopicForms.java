package io.fyercache.sharded.message.codec;

import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Unsubscribed;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Heard;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Publish;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Subscribe;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Unsubscribe;
import io.fyercache.sharded.message.EncodedValue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The forms of what processes and the relays of topics say to each other. Numbers of lines take 8 bytes: they are drawn. */
final class TopicForms {
    private static final Form<List<EncodedValue>> MESSAGES = new ListForm<>(
            Form.of(EntryForms::writeValue, TopicForms::readMessage), FromRelay.Delivery.MAX_MESSAGES, 1);

    private TopicForms() {}

    static void writeSubscribe(ByteSink out, Subscribe message) {
        begin(out, message);
        out.writeNatural(message.stalenessNanos());
        out.writeNatural(message.delivered());
    }

    static Subscribe readSubscribe(ByteSource in) {
        return new Subscribe(readTopic(in), in.readFixed64(), in.readNatural(), in.readNatural(), in.readNatural());
    }

    static void writePublish(ByteSink out, Publish message) {
        begin(out, message);
        out.writeNatural(message.number());
        EntryForms.writeValue(out, message.message());
    }

    static Publish readPublish(ByteSource in) {
        return new Publish(readTopic(in), in.readFixed64(), in.readNatural(), in.readNatural(), readMessage(in));
    }

    static void writeHeard(ByteSink out, Heard message) {
        begin(out, message);
        out.writeNatural(message.number());
    }

    static Heard readHeard(ByteSource in) {
        return new Heard(readTopic(in), in.readFixed64(), in.readNatural(), in.readNatural());
    }

    static void writeUnsubscribe(ByteSink out, Unsubscribe message) {
        begin(out, message);
    }

    static Unsubscribe readUnsubscribe(ByteSource in) {
        return new Unsubscribe(readTopic(in), in.readFixed64(), in.readNatural());
    }

    static void writeDelivery(ByteSink out, FromRelay.Delivery message) {
        begin(out, message);
        out.writeNatural(message.after());
        MESSAGES.write(out, message.messages());
        out.writeNatural(message.taken());
        out.writeNatural(message.delivered());
    }

    static FromRelay.Delivery readDelivery(ByteSource in) {
        long line = in.readFixed64();
        long attempt = in.readNatural();
        long after = in.readNatural();
        List<EncodedValue> messages = MESSAGES.read(in);
        if (messages.size() > Long.MAX_VALUE - after) {
            throw in.damaged(
                    "messages after " + after + " (expected: that their numbers are at most " + Long.MAX_VALUE + ")");
        }
        return new FromRelay.Delivery(line, attempt, after, messages, in.readNatural(), in.readNatural());
    }

    static void writeUnsubscribed(ByteSink out, Unsubscribed message) {
        begin(out, message);
    }

    static Unsubscribed readUnsubscribed(ByteSource in) {
        return new Unsubscribed(in.readFixed64(), in.readNatural());
    }

    private static void begin(ByteSink out, ToRelay message) {
        EntryForms.writeSized(out, message.topic().getBytes(StandardCharsets.UTF_8));
        out.writeFixed64(message.line());
        out.writeNatural(message.attempt());
    }

    private static void begin(ByteSink out, FromRelay message) {
        out.writeFixed64(message.line());
        out.writeNatural(message.attempt());
    }

    /** Topics have letters of ASCII alone, so each has one form. */
    private static String readTopic(ByteSource in) {
        String topic = new String(EntryForms.readSized(in, BusAddress.MAX_TOPIC_LENGTH), StandardCharsets.ISO_8859_1);
        if (!BusAddress.isTopic(topic)) {
            throw in.damaged("the name of a topic (expected: 1.." + BusAddress.MAX_TOPIC_LENGTH
                    + " of the characters A-Z a-z 0-9 . _ -)");
        }
        return topic;
    }

    private static EncodedValue readMessage(ByteSource in) {
        return new EncodedValue(EntryForms.readSized(in, InvalidationBus.MAX_MESSAGE_BYTES));
    }
}
