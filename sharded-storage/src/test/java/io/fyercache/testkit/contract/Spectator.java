package io.fyercache.testkit.contract;

import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client that remembers what it was told, and notes what it should not have been told: something older than before, something within a call of
 * the port, or anything after it has left. May be told things on another thread than the test's.
 */
final class Spectator implements ClusterListener {
    private final CoordinationFixture fixture;
    private final List<MembersPresent> views = new ArrayList<>();
    private final List<VersionedTable> tables = new ArrayList<>();
    private final List<Knowledge> refreshes = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private @Nullable Thread calling;
    private boolean left;
    private @Nullable ClusterView view;

    /** What a client knows at a moment. */
    record Knowledge(MembersPresent members, long tableVersion) {}

    Spectator(CoordinationFixture fixture) {
        this.fixture = fixture;
    }

    void begin(ClusterView given) {
        view = given;
    }

    ClusterView view() {
        return view;
    }

    /** Calls the port. */
    void call(Consumer<ClusterView> request) {
        fixture.call(() -> {
            setCalling(Thread.currentThread());
            try {
                request.accept(view);
            } finally {
                setCalling(null);
            }
        });
    }

    private synchronized void setCalling(@Nullable Thread thread) {
        calling = thread;
    }

    /** Refreshes, and returns what is known by then. */
    Knowledge refresh() {
        int before = refreshes().size();
        call(ClusterView::refresh);
        fixture.await("refresh", () -> refreshes().size() > before);
        return refreshes().get(before);
    }

    /** Leaves while a refresh is under way. */
    void refreshAndLeave() {
        call(port -> {
            port.refresh();
            port.leave();
            setLeft();
        });
    }

    private synchronized void setLeft() {
        left = true;
    }

    synchronized MembersPresent members() {
        return views.isEmpty() ? MembersPresent.NOBODY : views.get(views.size() - 1);
    }

    synchronized long tableVersion() {
        return tables.isEmpty() ? 0 : tables.get(tables.size() - 1).version();
    }

    synchronized List<VersionedTable> tables() {
        return List.copyOf(tables);
    }

    synchronized List<Knowledge> refreshes() {
        return List.copyOf(refreshes);
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void note(String told) {
        if (left) {
            complaints.add(told + " after the end");
        }
        if (calling == Thread.currentThread()) {
            complaints.add(told + " within a call of the port");
        }
    }

    @Override
    public synchronized void membersChanged(MembersPresent next) {
        note("members");
        if (next.asOf() < members().asOf()) {
            complaints.add(
                    "members as of " + next.asOf() + " after " + members().asOf());
        }
        views.add(next);
    }

    @Override
    public synchronized void tableChanged(VersionedTable next) {
        note("table");
        if (next.version() < tableVersion()) {
            complaints.add("table " + next.version() + " after " + tableVersion());
        }
        tables.add(next);
    }

    @Override
    public synchronized void refreshed() {
        note("refresh");
        refreshes.add(new Knowledge(members(), tableVersion()));
    }
}
