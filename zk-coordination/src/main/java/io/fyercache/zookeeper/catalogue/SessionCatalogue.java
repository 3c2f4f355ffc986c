package io.fyercache.zookeeper.catalogue;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.DefinitionForm;
import io.fyercache.zookeeper.watch.Announcer;
import io.fyercache.zookeeper.watch.ReadingRounds;
import io.fyercache.zookeeper.znode.CacheZnode;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Refusal;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.ZnodeSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The catalogue as a process sees and changes it, over its session. Whatever a request comes to, a transaction settles that the list of caches
 * is the one by which it was decided: nobody is told of a cache that was gone when it was asked for, and no two define one name. On a list that
 * has changed it is decided again, which happens only when somebody else's change has succeeded. Of one process, one request is carried out after
 * the other; as many wait as callers do.
 *
 * <p>Used by the thread of the session.
 */
public final class SessionCatalogue implements CacheCatalogue {
    /** Bytes of changed settings, 4 KiB: some numbers, times and truth values. */
    private static final int MAX_AMENDMENT_BYTES = 4 << 10;

    private final ZnodeSession session;
    private final ReadingRounds rounds;
    private final Announcer announcer;
    private final CatalogueListener listener;
    private final Consumer<DamagedZnodeException> onDamage;
    private final CataloguePart part;
    private final Deque<CatalogueChange> waiting = new ArrayDeque<>();

    /** Begins to look at the caches. */
    public SessionCatalogue(
            ZnodeSession session,
            ReadingRounds rounds,
            Announcer announcer,
            CatalogueListener listener,
            Consumer<DamagedZnodeException> onDamage) {
        this.session = session;
        this.rounds = rounds;
        this.announcer = announcer;
        this.listener = listener;
        this.onDamage = onDamage;
        this.part = new CataloguePart(session, announcer, listener, onDamage);
        rounds.add(part);
    }

    @Override
    public void define(PortableDefinition wanted) {
        CacheZnode.checkName(wanted.name());
        ask(new Definition(wanted, DefinitionForm.encode(wanted), listener));
    }

    @Override
    public void adjust(int number, SortedMap<String, PortableDefinition.Setting> settings) {
        if (Adjustment.form("", settings).length > MAX_AMENDMENT_BYTES) {
            throw new IllegalArgumentException("changed settings of a cache: more than " + MAX_AMENDMENT_BYTES
                    + " bytes (expected: numbers, times and truth values)");
        }
        ask(new Adjustment(number, settings, listener));
    }

    @Override
    public void destroy(int number) {
        ask(new Destruction(number, listener));
    }

    @Override
    public void refresh() {
        rounds.refresh(() -> announcer.tell(listener::catalogueRefreshed));
    }

    private void ask(CatalogueChange change) {
        waiting.add(change);
        if (waiting.size() == 1) {
            begin(change);
        }
    }

    private void begin(CatalogueChange change) {
        rounds.whenRead(() -> carryOut(change));
    }

    /** Tells what became of the first, and begins the next. */
    private void end(Runnable outcome) {
        announcer.tell(outcome);
        waiting.remove();
        CatalogueChange next = waiting.peek();
        if (next != null) {
            begin(next);
        }
    }

    private void carryOut(CatalogueChange change) {
        CatalogueChange.Draft draft = change.on(part);
        session.write(draft.operations(), reply -> {
            if (reply instanceof Reply.Done) {
                // Watches have told of it before, and what they told of must be told before the outcome.
                rounds.whenRead(() -> end(draft.outcome()));
            } else if (reply instanceof Reply.Refused<List<Written>> refused) {
                onRefused(change, draft, refused);
            } else {
                end(change::unknown);
            }
        });
    }

    private void onRefused(CatalogueChange change, CatalogueChange.Draft draft, Reply.Refused<?> refused) {
        if (refused.operation() == CatalogueChange.VERSION && refused.reason() == Refusal.BAD_VERSION) {
            rounds.refresh(() -> carryOut(change));
            return;
        }
        DamagedZnodeException damage = new DamagedZnodeException(
                draft.operations().get(refused.operation()).path(),
                refused + " (expected: to be written, or to have another version)");
        onDamage.accept(damage);
        end(() -> change.refused(String.valueOf(damage.getMessage())));
    }
}
