package io.fyercache.sharded.message.codec;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.ClientMessage.NearQuestion.Place;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.NearNews;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.List;

/** The forms of what processes with near caches ask, and are told. Readings of clocks take 8 bytes: they begin anywhere. */
final class NearForms {
    /** Partition, generation, number. */
    private static final int MIN_PLACE_BYTES = 3;

    /** Partition, generation, two numbers, and how many keys there are. */
    private static final int MIN_NEWS_BYTES = 5;

    /** A cache, and a key that is empty. */
    private static final int MIN_KEY_BYTES = 2;

    private static final Form<List<EntryKey>> KEYS =
            new ListForm<>(Form.of(EntryForms::writeKey, EntryForms::readKey), NearNews.MAX_KEYS, MIN_KEY_BYTES);

    private static final Form<List<Place>> PLACES = new ListForm<>(
            Form.of(NearForms::writePlace, NearForms::readPlace), PartitionLayout.MAX_COUNT, MIN_PLACE_BYTES);

    static final Form<List<NearNews>> NEWS = new ListForm<>(
            Form.of(NearForms::writeNews, NearForms::readNews), PartitionLayout.MAX_COUNT, MIN_NEWS_BYTES);

    private NearForms() {}

    static void writeQuestion(ByteSink out, NearQuestion message) {
        out.writeFixed64(message.sentNanos());
        PLACES.write(out, message.places());
    }

    static NearQuestion readQuestion(ByteSource in) {
        return new NearQuestion(in.readFixed64(), PLACES.read(in));
    }

    static void writeAnswer(ByteSink out, NearAnswer message) {
        out.writeFixed64(message.sentNanos());
        NEWS.write(out, message.news());
    }

    static NearAnswer readAnswer(ByteSource in) {
        return new NearAnswer(in.readFixed64(), NEWS.read(in));
    }

    private static void writePlace(ByteSink out, Place place) {
        MemberMessageForms.writePartition(out, place.partition());
        out.writeNatural(place.generation());
        out.writeNatural(place.number());
    }

    private static Place readPlace(ByteSource in) {
        return new Place(MemberMessageForms.readPartition(in), in.readNatural(), in.readNatural());
    }

    private static void writeNews(ByteSink out, NearNews news) {
        MemberMessageForms.writePartition(out, news.partition());
        out.writeNatural(news.generation());
        out.writeNatural(news.after());
        out.writeNatural(news.upTo() - news.after());
        KEYS.write(out, news.keys());
    }

    private static NearNews readNews(ByteSource in) {
        int partition = MemberMessageForms.readPartition(in);
        long generation = in.readNatural();
        long after = in.readNatural();
        long entries = in.readNatural();
        if (entries > Long.MAX_VALUE - after) {
            throw in.damaged("news of " + entries + " entries (expected: that their numbers are at most "
                    + Long.MAX_VALUE + ")");
        }
        return new NearNews(partition, generation, after, after + entries, KEYS.read(in));
    }
}
