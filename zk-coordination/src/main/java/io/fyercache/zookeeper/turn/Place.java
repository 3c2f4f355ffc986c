package io.fyercache.zookeeper.turn;

import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.ObservingSession;
import io.fyercache.zookeeper.znode.Refusal;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeOperation.Create;
import io.fyercache.zookeeper.znode.ZnodeOperation.CreateMode;
import io.fyercache.zookeeper.znode.ZnodeOperation.Delete;
import io.fyercache.zookeeper.znode.ZnodeOperation.SetData;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A place in the queue of a lock: an ephemeral sequential znode, from the wish to have it until it is gone.
 *
 * <pre>
 * JOINING --created--> WAITING --its turn--> HELD --left, lost--> LEAVING --deleted--> GONE
 *    ^                    |                    |                                        ^
 *    +--- session lost ---+                    +------------- session lost -------------+
 * </pre>
 *
 * <p>Whoever gives up waiting goes from JOINING or WAITING to LEAVING. An answer that is lost leads nowhere: when there is a connection again, it
 * is found out what has become of the znode, by the id in its name, and gone on from there.
 *
 * <p>The token is the number of the transaction that created the znode. Of two places of a lock the later one was created by a later transaction, also
 * after the queue was empty and ZooKeeper has begun to count anew, and a new leader's transactions have greater numbers than all that were done
 * before.
 */
public final class Place {
    /** The data of a semaphore's place that is held. */
    private static final byte[] MARK = {1};

    private final String lock;
    private final String queue;
    private final Claim claim;
    private final PlaceHolder holder;
    private final Places places;
    private State state = State.JOINING;
    private @Nullable ObservingSession session;
    private UUID id;

    /** Whether the znode may have been created in this session. */
    private boolean attempted;

    private @Nullable PlaceName name;
    private String watched = "";
    private long token;

    /** Answers to what was asked before the last turn of events are not looked at. */
    private int round;

    private enum State {
        JOINING,
        WAITING,
        HELD,
        LEAVING,
        GONE
    }

    Place(String lock, Claim claim, PlaceHolder holder, Places places) {
        this.lock = lock;
        this.queue = Znodes.lock(lock);
        this.claim = claim;
        this.holder = holder;
        this.places = places;
        this.id = places.newId();
    }

    /** Gives the place up, whatever it has come to, and tells the holder nothing more. */
    public void leave() {
        switch (state) {
            case JOINING -> {
                state = State.LEAVING;
                if (!attempted) {
                    end(); // Otherwise the answer, or the next connection, tells whether there is something to delete.
                }
            }
            case WAITING, HELD -> delete();
            case LEAVING, GONE -> {}
        }
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    PlaceHolder holder() {
        return holder;
    }

    // ---- what becomes of the session

    /** A session is there, perhaps without a connection yet; it knows nothing of this place. */
    void begin(ObservingSession begun) {
        session = begun;
    }

    /** There is a connection, the first of a session or another. */
    void connected() {
        round++;
        switch (state) {
            case JOINING -> {
                if (attempted) {
                    seek();
                } else {
                    join();
                }
            }
            case WAITING, HELD -> look();
            case LEAVING -> {
                if (name == null) {
                    seek();
                } else {
                    delete();
                }
            }
            case GONE -> {}
        }
    }

    void changed(String path) {
        boolean concerned = path.equals(watched) || (name != null && path.equals(path(name.text())));
        if (concerned && (state == State.WAITING || state == State.HELD)) {
            look();
        }
    }

    /** All znodes of the session are gone. */
    void sessionLost() {
        if (state == State.HELD) {
            holder.lost();
            end();
        } else if (state == State.LEAVING) {
            end();
        } else if (state != State.GONE) {
            startOver();
        }
    }

    private void startOver() {
        round++;
        state = State.JOINING;
        id = places.newId(); // A server that lags behind may still show the old one.
        name = null;
        attempted = false;
    }

    /** Nobody knows any more whether the session lasts. */
    void uncertain() {
        if (state == State.HELD) {
            holder.lost();
            delete();
        }
    }

    /** There will be no session. */
    void refuse(String why) {
        if (state == State.HELD) {
            holder.lost();
        } else if (state == State.JOINING || state == State.WAITING) {
            holder.refused(why);
        }
        end();
    }

    private void end() {
        round++;
        state = State.GONE;
        places.remove(this);
    }

    // ---- getting a znode

    private void join() {
        attempted = true;
        write(List.of(ownZnode()), done -> created(done.get(0)), refused -> {
            if (refused.reason() != Refusal.NO_NODE) {
                deny(refused.reason(), queue);
            } else if (state == State.LEAVING) {
                end();
            } else {
                makeLocks();
            }
        });
    }

    private Create ownZnode() {
        return new Create(path(PlaceName.beginning(claim, id)), Znodes.nothing(), CreateMode.EPHEMERAL_SEQUENTIAL);
    }

    private void makeLocks() {
        Create locks = new Create(Znodes.LOCKS, Znodes.nothing(), CreateMode.PERSISTENT);
        write(List.of(locks), done -> makeQueue(), refused -> {
            if (refused.reason() == Refusal.NODE_EXISTS) {
                makeQueue();
            } else {
                deny(refused.reason(), Znodes.LOCKS);
            }
        });
    }

    /** Makes the queue together with its first place: one that never had a place would stay. */
    private void makeQueue() {
        Create container = new Create(queue, Znodes.nothing(), CreateMode.CONTAINER);
        write(List.of(container, ownZnode()), done -> created(done.get(1)), refused -> {
            if (refused.reason() == Refusal.NODE_EXISTS) {
                joinOrEnd();
            } else {
                deny(refused.reason(), queue);
            }
        });
    }

    /** Finds out whether the znode was created. Answers to writes come after all earlier ones were carried out, or lost for good. */
    private void seek() {
        use().sync(answer(reply -> {
            if (reply instanceof Reply.Done) {
                find();
            } else if (reply instanceof Reply.Refused<List<Written>> refused) {
                deny(refused.reason(), Znodes.ROOT);
            }
        }));
    }

    private void find() {
        use().children(queue, answer(reply -> {
            if (reply instanceof Reply.Done<Children> done) {
                find(done.value().names());
            } else if (reply instanceof Reply.Refused<Children> refused) {
                if (refused.reason() == Refusal.NO_NODE) {
                    joinOrEnd();
                } else {
                    deny(refused.reason(), queue);
                }
            }
        }));
    }

    private void find(List<String> names) {
        PlaceName own = names.stream()
                .map(PlaceName::read)
                .filter(Objects::nonNull)
                .filter(found -> found.id().equals(id.toString()))
                .findFirst()
                .orElse(null);
        if (own == null) {
            joinOrEnd();
        } else {
            found(own);
        }
    }

    private void joinOrEnd() {
        if (state == State.LEAVING) {
            end();
        } else {
            join();
        }
    }

    private void created(Written znode) {
        PlaceName made = PlaceName.read(Znodes.nameOf(znode.path()));
        if (made == null) {
            throw new IllegalStateException("znode " + znode.path() + ": it is named otherwise than asked for");
        }
        found(made);
    }

    private void found(PlaceName own) {
        name = own;
        if (state == State.LEAVING) {
            delete();
        } else {
            state = State.WAITING;
            look();
        }
    }

    // ---- waiting for one's turn, and holding

    private void look() {
        round++;
        String path = ownPath();
        use().observe(path, answer(reply -> {
            if (reply instanceof Reply.Done<Znode> done) {
                seen(done.value());
            } else if (reply instanceof Reply.Refused<Znode> refused) {
                if (refused.reason() == Refusal.NO_NODE) {
                    removed();
                } else {
                    deny(refused.reason(), path);
                }
            }
        }));
    }

    private void seen(Znode own) {
        token = own.stat().czxid();
        if (state == State.WAITING) {
            use().children(queue, answer(reply -> act(reply, this::watchAny)));
        } else if (own.data().length == 0) {
            mark();
        }
    }

    /** Somebody has deleted the znode, who may. */
    private void removed() {
        if (state == State.HELD) {
            holder.lost();
            end();
        } else {
            startOver();
            join();
        }
    }

    private void act(Reply<Children> reply, Runnable afterAny) {
        PlaceName own = name;
        if (reply instanceof Reply.Done<Children> done && own != null) {
            Turn turn = Turn.of(own, done.value().names());
            if (turn instanceof Turn.Now) {
                grant();
            } else if (turn instanceof Turn.After after) {
                watch(path(after.name()));
            } else if (turn instanceof Turn.AfterAny) {
                afterAny.run();
            } else if (turn instanceof Turn.Conflict conflict) {
                deny("lock '" + lock + "' is in use as " + conflict.other() + " (expected: as " + claim
                        + ", everywhere); use another name");
            }
        } else if (reply instanceof Reply.Refused<Children> refused) {
            deny(refused.reason(), queue);
        }
    }

    private void watch(String other) {
        watched = other;
        use().observe(other, answer(reply -> {
            boolean held =
                    reply instanceof Reply.Done<Znode> done && done.value().data().length > 0;
            if (held || reply instanceof Reply.Refused) {
                look(); // It is gone, or has come in.
            }
        }));
    }

    private void watchAny() {
        watched = queue;
        use().observeChildren(queue, answer(reply -> act(reply, () -> {})));
    }

    private void grant() {
        if (!places.isCertain()) {
            look(); // The process stood still since the answer came.
            return;
        }
        state = State.HELD;
        watched = "";
        mark();
        holder.granted(token, places.deadlineNanos());
    }

    /** Tells who waits behind a place of a semaphore that it is held. If the answer is lost, the next connection shows what was done. */
    private void mark() {
        if (claim.kind() == Claim.Kind.PERMIT) {
            SetData held = new SetData(ownPath(), MARK, ZnodeOperation.ANY_VERSION);
            use().write(List.of(held), reply -> {});
        }
    }

    // ---- the end

    private void delete() {
        round++;
        state = State.LEAVING;
        String path = ownPath();
        write(List.of(new Delete(path, ZnodeOperation.ANY_VERSION)), done -> end(), refused -> end());
    }

    private void deny(Refusal reason, String path) {
        deny("znode " + path + ": " + reason
                + " (expected: to be read and written by whoever uses the cluster's locks)");
    }

    private void deny(String why) {
        if (state == State.JOINING || state == State.WAITING) {
            holder.refused(why);
        } else if (state == State.HELD) {
            holder.lost();
        }
        if (name == null || state == State.LEAVING) {
            end();
        } else {
            delete();
        }
    }

    // ---- asking

    private void write(
            List<ZnodeOperation> operations,
            Consumer<List<Written>> done,
            Consumer<Reply.Refused<List<Written>>> refused) {
        use().write(operations, answer(reply -> {
            if (reply instanceof Reply.Done<List<Written>> success) {
                done.accept(success.value());
            } else if (reply instanceof Reply.Refused<List<Written>> failure) {
                refused.accept(failure);
            }
        }));
    }

    private <T> Consumer<Reply<T>> answer(Consumer<Reply<T>> then) {
        int asked = round;
        return places.timed(reply -> {
            if (asked == round && state != State.GONE) {
                then.accept(reply);
            }
        });
    }

    private ObservingSession use() {
        if (session == null) {
            throw new IllegalStateException("session: none (expected: places ask when they are told of one)");
        }
        return session;
    }

    private String ownPath() {
        if (name == null) {
            throw new IllegalStateException(
                    "znode of lock '" + lock + "': none (expected: to be there in state " + state + ")");
        }
        return path(name.text());
    }

    private String path(String child) {
        return queue + "/" + child;
    }
}
