package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult.ListenerFailed;
import io.fyercache.sharded.message.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Answers that wait until synchronous listeners have returned (V5): of operations whose entries are committed, and of reads by which something
 * was loaded. Used by one thread.
 */
final class UnheardAnswers {
    /** Operations that wait, 8,192: as many as those whose answers wait for a commit (B4), and of them many more come in a second. */
    static final int MAX_WAITING = 8 * 1_024;

    private final ReplicaHost host;
    private final WaitingAnswers certain;
    private final TreeMap<Long, LogEntry> operations = new TreeMap<>();
    private final Map<OperationId, LogEntry> byId = new LinkedHashMap<>();
    private final TreeMap<Long, List<Read>> reads = new TreeMap<>();
    private int waitingReads;

    /** What a listener threw first, by the entry that it was told of. */
    private final TreeMap<Long, String> failures = new TreeMap<>();

    private record Read(Request request, Done answer) {}

    /** Takes where the answers to reads go, of which it must be certain that they are true. */
    UnheardAnswers(ReplicaHost host, WaitingAnswers certain) {
        this.host = host;
        this.certain = certain;
    }

    /** Adds a committed entry, which came from an operation. */
    void add(LogEntry entry) {
        operations.put(entry.number(), entry);
        byId.put(operation(entry), entry);
    }

    private static OperationId operation(LogEntry entry) {
        return Objects.requireNonNull(entry.origin()).operation();
    }

    /** Returns the entries whose operations wait, in their order. */
    List<LogEntry> operations() {
        return List.copyOf(operations.values());
    }

    /** Adds the answer to a read by which the entry {@code number} came about. */
    void add(Request request, Done answer, long number) {
        waitingReads++;
        reads.computeIfAbsent(number, first -> new ArrayList<>()).add(new Read(request, answer));
    }

    /** Tells whether as many wait as may. */
    boolean isFull() {
        return operations.size() + waitingReads >= MAX_WAITING;
    }

    /** Tells whether an operation waits. */
    boolean has(OperationId operation) {
        return byId.containsKey(operation);
    }

    /** Takes in that a listener threw which was told of an entry; whoever waits for that is told what was thrown first. */
    void failed(long number, String message) {
        if (operations.containsKey(number) || reads.containsKey(number)) {
            failures.putIfAbsent(number, message);
        }
    }

    /** Gives the answers that wait for entries up to {@code last}. */
    void heard(long last) {
        SortedMap<Long, LogEntry> done = operations.headMap(last, true);
        done.values().forEach(this::answer);
        done.clear();
        SortedMap<Long, List<Read>> read = reads.headMap(last, true);
        read.forEach((number, all) ->
                all.forEach(each -> certain.add(each.request(), after(number, each.answer()), number)));
        read.values().forEach(all -> waitingReads -= all.size());
        read.clear();
        failures.headMap(last, true).clear();
    }

    private void answer(LogEntry entry) {
        OperationId operation = operation(entry);
        byId.remove(operation);
        host.answer(operation, Reply.ANY_ATTEMPT, after(entry.number(), entry.answer()));
    }

    private Done after(long number, Done answer) {
        String failure = failures.get(number);
        return failure == null ? answer : new Done(new ListenerFailed(failure), answer.tally());
    }

    /** Tells clients to ask somebody else, who has what is committed and tells it again. */
    void turnAway() {
        byId.keySet().forEach(operation -> host.answer(operation, Reply.ANY_ATTEMPT, NotServing.NOT_SERVING));
        reads.values().forEach(all -> all.forEach(each -> refuse(each.request())));
        operations.clear();
        byId.clear();
        reads.clear();
        waitingReads = 0;
    }

    private void refuse(Request request) {
        Answer refusal = NotServing.NOT_SERVING;
        host.answer(request.id(), request.attempt(), refusal);
    }
}
