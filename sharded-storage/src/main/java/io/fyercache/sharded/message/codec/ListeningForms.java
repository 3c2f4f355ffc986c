package io.fyercache.sharded.message.codec;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryChange.Kind;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.OperationResult.Failed;
import io.fyercache.sharded.message.PlacedChange;
import java.util.List;

/** The forms of who listens to changes, and of what they are told. */
final class ListeningForms {
    /** Cache, client, version, and three sets of kinds. */
    private static final int MIN_LISTENING_BYTES = 6;

    /** Place, cache, kind, the length of the key, and whether there are values. */
    private static final int MIN_CHANGE_BYTES = 6;

    /** Place, and the length of the message. */
    private static final int MIN_FAILURE_BYTES = 2;

    /** The number that stands for each is its place in this list. */
    private static final List<Kind> KINDS = List.of(Kind.CREATED, Kind.UPDATED, Kind.REMOVED, Kind.EXPIRED);

    static final Form<List<Listening>> ALL_LISTENING = new ListForm<>(
            Form.of(ListeningForms::writeListening, ListeningForms::readListening),
            Listening.MAX_LISTENING,
            MIN_LISTENING_BYTES);

    static final Form<List<PlacedChange>> CHANGES = new ListForm<>(
            Form.of(ListeningForms::writeChange, ListeningForms::readChange), Changes.MAX_CHANGES, MIN_CHANGE_BYTES);

    private static final Form<List<ListenerFailure>> FAILURES = new ListForm<>(
            Form.of(ListeningForms::writeFailure, ListeningForms::readFailure),
            ListenerFailure.MAX_FAILURES,
            MIN_FAILURE_BYTES);

    private ListeningForms() {}

    static void writeInterest(ByteSink out, ChangeInterest interest) {
        out.writeByte(interest.heard());
        out.writeByte(interest.awaited());
        out.writeByte(interest.withOld());
    }

    static ChangeInterest readInterest(ByteSource in) {
        return new ChangeInterest(in.readByte(), in.readByte(), in.readByte());
    }

    /** A client may have any number. */
    static void writeListening(ByteSink out, Listening listening) {
        EntryForms.writeCache(out, listening.cache());
        out.writeUnsigned(listening.client());
        out.writeNatural(listening.version());
        writeInterest(out, listening.interest());
    }

    static Listening readListening(ByteSource in) {
        return new Listening(EntryForms.readCache(in), in.readUnsigned(), in.readNatural(), readInterest(in));
    }

    static void writeChanges(ByteSink out, Changes message) {
        MemberMessageForms.writePartition(out, message.partition());
        out.writeNatural(message.generation());
        out.writeNatural(message.after());
        CHANGES.write(out, message.changes());
    }

    static Changes readChanges(ByteSource in) {
        return new Changes(MemberMessageForms.readPartition(in), in.readNatural(), in.readNatural(), CHANGES.read(in));
    }

    private static void writeChange(ByteSink out, PlacedChange placed) {
        EntryChange change = placed.change();
        out.writeNatural(placed.place());
        EntryForms.writeCache(out, placed.cache());
        out.writeByte(KINDS.indexOf(change.kind()));
        EntryForms.writeEncodedKey(out, placed.key());
        EntryForms.writeValueIfAny(out, (EncodedValue) change.value());
        EntryForms.writeValueIfAny(out, (EncodedValue) change.oldValue());
    }

    private static PlacedChange readChange(ByteSource in) {
        return new PlacedChange(
                in.readNatural(),
                EntryForms.readCache(in),
                new EntryChange(
                        KINDS.get(in.readIndex(KINDS.size())),
                        EntryForms.readEncodedKey(in),
                        EntryForms.readValueIfAny(in, EncodedValue.MAX_BYTES),
                        EntryForms.readValueIfAny(in, EncodedValue.MAX_BYTES)));
    }

    static void writeChangesHeard(ByteSink out, ChangesHeard message) {
        MemberMessageForms.writePartition(out, message.partition());
        out.writeNatural(message.generation());
        out.writeNatural(message.place());
        FAILURES.write(out, message.failures());
    }

    static ChangesHeard readChangesHeard(ByteSource in) {
        return new ChangesHeard(
                MemberMessageForms.readPartition(in), in.readNatural(), in.readNatural(), FAILURES.read(in));
    }

    private static void writeFailure(ByteSink out, ListenerFailure failure) {
        out.writeNatural(failure.place());
        out.writeText(failure.message());
    }

    private static ListenerFailure readFailure(ByteSource in) {
        return new ListenerFailure(in.readNatural(), LogForms.readText(in, Failed.MAX_MESSAGE));
    }
}
