------------------------ MODULE PartitionReplication ------------------------
(* How one partition is replicated, handed over, taken over and reset.         *)
(*                                                                             *)
(* A primary orders the operations of the partition in a log and commits an    *)
(* operation once every in-sync backup holds it. ZooKeeper keeps a record of   *)
(* who is primary and who is in sync; it takes no part in reads and writes.    *)
(* Primaries answer reads from memory as long as the backups let them.         *)
(*                                                                             *)
(* A node that is paused, cut off or dead takes no step, so those faults need  *)
(* no step of their own. Restart is the loss of memory. A message that is      *)
(* late or lost is a step that is taken late or never.                         *)
(*                                                                             *)
(* Marks such as W3 refer to the sections of docs/protocol.md, M3 to the       *)
(* mutants listed in README.md.                                                *)
EXTENDS PartitionState

Init ==
  /\ now = 1 /\ changed = 1 /\ begun = 0 /\ relinquished = 0
  /\ record = Record(1, 1, <<FirstPrimary, 0>>, {<<i, 0>> : i \in FirstInSync}, 0, TRUE)
  /\ view = [i \in Node |-> record]
  /\ serving = [i \in Node |-> i = FirstPrimary]
  /\ pending = [i \in Node |-> {}] /\ round = [i \in Node |-> NoRound]
  /\ log = [i \in Node |-> <<>>] /\ commit = [i \in Node |-> 0]
  /\ reconciled = [i \in Node |-> IF i \in FirstInSync THEN 1 ELSE 0]
  /\ gen = [i \in Node |-> 0]
  /\ ack = [e \in Epochs |-> [b \in Node |-> [k \in Incs |-> 0]]]
  /\ heartbeat = [i \in Node |-> [b \in Node |-> Never]]
  /\ grant = [b \in Node |-> [i \in Node |-> [sent |-> Never]]]
  /\ LET first == IF "Lent" \in Steps THEN 1 + Lease ELSE 0
         others == FirstInSync \ {FirstPrimary}
         given(i, b) == IF i = FirstPrimary /\ b \in others THEN first ELSE 0
     IN /\ lease = [i \in Node |-> [b \in Node |-> [k \in Incs |-> IF k = 0 THEN given(i, b) ELSE 0]]]
        /\ promise = [b \in Node |-> [i \in Node |-> given(i, b)]]
        /\ sublease = [b \in Node |-> given(FirstPrimary, b)]
        /\ lent = [i \in Node |-> [b \in Node |-> [k \in Incs |-> IF k = 0 THEN given(i, b) ELSE 0]]]
  /\ told = [b \in Node |-> 0]
  /\ hold = [i \in Node |-> 0]
  /\ inc = [i \in Node |-> 0] /\ contact = [i \in Node |-> 1]
  /\ started = [i \in Node |-> 0] /\ whole = [i \in Node |-> 0] /\ part = [i \in Node |-> NoPart]
  /\ applied = [i \in Node |-> 0]
  /\ position = [i \in Node |-> IF i \in FirstInSync THEN Buckets ELSE 0]
  /\ carried = [i \in Node |-> 0] /\ arrived = [i \in Node |-> 0] /\ heard = 0 /\ missed = FALSE
  /\ skew \in (IF "Expiry" \in Steps THEN [Node -> 0..MaxSkew] ELSE {[i \in Node |-> 0]})
  /\ firstGen = <<>> /\ seen = <<>> /\ seenGen = 0 /\ spent = {} /\ broken = FALSE

Tick ==
  /\ now < MaxTime /\ now' = now + 1
  /\ UNCHANGED <<table, roles, copies, ack, leases, hold, nodes, shipping, telling, clients>>

-----------------------------------------------------------------------------
(* What clients see. Each answer reveals the log up to some place. It must     *)
(* agree with all that was revealed before: a read shows at least that much,   *)
(* the result of a write lies somewhere on the same line. Answers of an older  *)
(* generation after one of a newer are wrong in any case.                      *)
AtLeast(known, knownGen, value, g) == g > knownGen \/ (g = knownGen /\ IsPrefix(known, value))
SameLine(value, g) == g > seenGen \/ (g = seenGen /\ (IsPrefix(seen, value) \/ IsPrefix(value, seen)))

Reveal(value, g, right) ==
  /\ broken' = (broken \/ ~right)
  /\ seen' = IF g > seenGen \/ Len(value) > Len(seen) THEN value ELSE seen
  /\ seenGen' = Max(g, seenGen)
  /\ spent' = IF g > seenGen THEN spent \cup Ids(seen, "put") ELSE spent
AnswerRead(i, value) == Reveal(value, gen[i], AtLeast(seen, seenGen, value, gen[i]))
AnswerWrite(i, value) == Reveal(value, gen[i], SameLine(value, gen[i]))
Unrevealed == UNCHANGED <<seen, seenGen, spent, broken>>

-----------------------------------------------------------------------------
(* Writes.                                                                     *)

Append1(i, kind, id) ==
  log' = [log EXCEPT ![i] = Append(@, Entry(kind, id, view[i].epoch, PartitionTime(i)))]

\* A primary carries out what it commits, and has to tell of it.
CarryOut(i, n) ==
  /\ carried' = IF "Listen" \in Steps THEN [carried EXCEPT ![i] = n] ELSE carried
  /\ UNCHANGED <<arrived, heard, missed>>

\* W1, W2, W3: the primary evaluates the operation once, on the newest state, and appends its
\* effect. Clients use their operations in order, which loses no behaviour and many equal states.
Write(i) ==
  /\ MayAnswer(i) /\ Len(firstGen) < MaxWrites
  /\ Append1(i, "put", Len(firstGen) + 1)
  /\ firstGen' = Append(firstGen, gen[i]) /\ Unrevealed
  /\ UNCHANGED <<now, table, roles, commit, reconciled, gen, ack, leases, hold, nodes, telling, shipping>>

\* W2: a client that had no answer sends the same operation again, to whoever is primary now.
\*   - It is known: its first result, once that is committed (D2). A retry that comes earlier waits
\*     with the first attempt, which is no step.
\*   - It is unknown: the first attempt left nothing behind, so it runs. Hence the table must be
\*     wherever the effects are (D1).
\*   - Its first attempt was in an older generation: nobody knows any more whether it ran. The
\*     client is told so and it does not run, which is no step (D3).
Retry(i, id) ==
  /\ "Retry" \in Steps /\ MayAnswer(i) /\ id <= Len(firstGen)
  /\ GenerationBindsRetry => firstGen[id] = gen[i]
  /\ IF DedupPlaces(i, id) = {}
     THEN Append1(i, "put", id) /\ Unrevealed
     ELSE LET n == MinOf(DedupPlaces(i, id))
          IN /\ ResultFollowsCommit => n <= commit[i]
             /\ AnswerWrite(i, FirstOf(log[i], n)) /\ UNCHANGED log
  /\ UNCHANGED <<now, table, roles, commit, reconciled, gen, ack, leases, hold, nodes, telling, shipping, firstGen>>

\* W3: a backup accepts the next entry if it is in the primary's epoch and has taken over its log.
\* Else a deposed primary would go on writing into the copies of its successor (M7).
Prepare(i, b) ==
  /\ i # b /\ IsPrimary(i) /\ Len(log[b]) < Len(log[i])
  /\ EpochFencesPrepare => (view[b].epoch = view[i].epoch /\ reconciled[b] = view[i].epoch)
  /\ log' = [log EXCEPT ![b] = Append(@, log[i][Len(@) + 1])]
  /\ ack' = [ack EXCEPT ![view[i].epoch][b][inc[b]] = Len(log[b]) + 1]
  /\ UNCHANGED <<now, table, roles, commit, reconciled, gen, leases, hold, nodes, shipping, telling, clients>>

\* W4: committed is what every member of the maximal set holds. One whom the primary has asked to
\* add counts, for the record may name it already, and it may be the next primary (M3). The
\* answers that waited are released. One that is out, and may still answer reads, counts, too (M23).
Commit(i) ==
  /\ MayAnswer(i)
  /\ LET readers == IF CommitWaitsForSublease THEN Subtenants(i) ELSE {}
         n == MinOf({Len(log[i])} \cup {Acked(i, m) : m \in MustAck(i) \cup readers})
     IN /\ n > commit[i] /\ commit' = [commit EXCEPT ![i] = n]
        /\ AnswerWrite(i, FirstOf(log[i], n)) /\ CarryOut(i, n)
  /\ UNCHANGED <<now, table, roles, log, reconciled, gen, ack, leases, hold, nodes, shipping, firstGen>>

-----------------------------------------------------------------------------
(* Listeners. A primary tells them of what it carries out, in the order of the *)
(* log. Who has carried an entry out does not know any more what there is to   *)
(* tell of it.                                                                 *)

\* V1: the next change of what a node has carried out arrives, and the node hears of that. Listeners drop
\* what is not later than the last that they have had. It is told by the node's process, whatever
\* the node is by then.
Tell(i) ==
  /\ arrived[i] < carried[i] /\ arrived' = [arrived EXCEPT ![i] = @ + 1]
  /\ heard' = Max(heard, arrived[i] + 1) /\ missed' = (missed \/ arrived[i] + 1 > heard + 1)
  /\ UNCHANGED <<now, table, roles, copies, ack, leases, carried, hold, nodes, shipping, clients>>

\* V1: a backup is told that an entry is committed, and carries it out, when its changes have arrived. If
\* it did before, nobody could tell of them should the primary die (M16).
TellCommitted(i, b) ==
  /\ i # b /\ IsPrimary(i) /\ view[b].epoch = view[i].epoch /\ reconciled[b] = view[i].epoch
  /\ LET n == IF ChangesArriveFirst THEN arrived[i] ELSE carried[i]
     IN /\ carried[b] < n /\ n <= Len(log[b])
        /\ carried' = [carried EXCEPT ![b] = n] /\ arrived' = [arrived EXCEPT ![b] = Max(@, n)]
  /\ UNCHANGED <<now, table, roles, copies, ack, leases, heard, missed, hold, nodes, shipping, clients>>

-----------------------------------------------------------------------------
(* Reads.                                                                      *)

\* R1, R2: the committed state, and only then the check that no one else may have moved on.
Read(i) ==
  /\ MayAnswer(i) /\ Leased(i)
  /\ AnswerRead(i, FirstOf(log[i], commit[i]))
  /\ UNCHANGED <<now, table, roles, copies, ack, leases, hold, nodes, telling, shipping, firstGen>>

\* R3: a primary asks for a lease.
SendHeartbeat(i, b) ==
  /\ "Heartbeat" \in Steps /\ i # b /\ IsPrimary(i) /\ \E m \in MustGrant(i) : NodeOf(m) = b
  /\ heartbeat[i][b] # now /\ heartbeat' = [heartbeat EXCEPT ![i][b] = now]
  /\ UNCHANGED <<now, table, roles, copies, ack, grant, lease, promise, sublease, lent, told, hold, nodes,
                 shipping, telling, clients>>

\* R3: a backup promises not to serve, nor to help another to, for the length of a lease from now
\* on. It says which version of the table it knows.
Grant(b, i) ==
  /\ i # b /\ heartbeat[i][b] # Never
  /\ \E m \in MustGrant(i) : m = Me(b)     \* a heartbeat is addressed to an incarnation
  /\ promise' = [promise EXCEPT ![b][i] = now + Lease]
  /\ grant' = [grant EXCEPT ![b][i] = [sent |-> IF LeaseCountsFromSending THEN heartbeat[i][b] ELSE now,
                                       ver |-> view[b].ver, inc |-> inc[b]]]
  /\ heartbeat' = [heartbeat EXCEPT ![i][b] = Never]
  /\ UNCHANGED <<now, table, roles, copies, ack, lease, sublease, lent, told, hold, nodes, shipping, telling, clients>>

\* R3: the primary counts the lease from when it sent the heartbeat, which is before the promise
\* begins (M8). It ignores a grant by someone who knows a newer table than itself: that promise may
\* have been made after the grantor last extended its hold (M2). It books the lease on the
\* incarnation that gave it, for the next one knows of no promise (M10).
ReceiveGrant(i, b) ==
  /\ grant[b][i].sent # Never
  /\ grant' = [grant EXCEPT ![b][i] = [sent |-> Never]]
  /\ lease' = [lease EXCEPT ![i][b][grant[b][i].inc] =
                 IF GrantsCarryVersion /\ grant[b][i].ver > view[i].ver THEN @
                 ELSE Max(@, (IF LeaseCountsFromSending THEN grant[b][i].sent ELSE now) + Lease)]
  /\ UNCHANGED <<now, table, roles, copies, ack, heartbeat, promise, sublease, lent, told, hold, nodes, shipping,
                 telling, clients>>

\* R6: a primary lets a backup answer reads, for no longer than it may itself (M21). So whoever comes
\* after it, and waits for it, waits for its backups. It remembers until when. The message takes
\* no time here: what the backup counts has its end.
LetRead(i, b) ==
  /\ "Sublease" \in Steps /\ i # b /\ MayAnswer(i) /\ Leased(i) /\ Me(b) \in Backups(i)
  /\ view[b].epoch = view[i].epoch /\ reconciled[b] = view[i].epoch
  /\ LET own == {LeaseOf(i, m) : m \in MustGrant(i)}
         licence == IF "Reset" \in Steps THEN {contact[i] + Grace} ELSE {}
         until == IF SubleaseWithinLease THEN MinOf({now + Lease} \cup own \cup licence) ELSE now + Lease
     IN /\ sublease[b] < until /\ sublease' = [sublease EXCEPT ![b] = until]
        /\ lent' = [lent EXCEPT ![i][b][inc[b]] = Max(@, until)]
  /\ UNCHANGED <<now, table, roles, copies, ack, heartbeat, grant, lease, promise, told, hold, nodes, shipping,
                 telling, clients>>

\* W4: a backup is told how much is committed.
TellForReading(i, b) ==
  /\ "Sublease" \in Steps /\ i # b /\ IsPrimary(i) /\ view[b].epoch = view[i].epoch /\ reconciled[b] = view[i].epoch
  /\ told[b] < commit[i] /\ told[b] < Len(log[b])
  /\ told' = [told EXCEPT ![b] = IF commit[i] < Len(log[b]) THEN commit[i] ELSE Len(log[b])]
  /\ UNCHANGED <<now, table, roles, copies, ack, heartbeat, grant, lease, promise, sublease, lent, hold, nodes,
                 shipping, telling, clients>>

\* R6: a backup answers a read if it knows that all is committed that it holds of the key, which is
\* all of the log here: what it does not hold is not committed, and what it holds may be (M22).
ReadCopy(b) ==
  /\ "Sublease" \in Steps /\ ~IsPrimary(b) /\ Me(b) \in view[b].inSync /\ reconciled[b] = view[b].epoch
  /\ sublease[b] > now
  /\ CopyKnowsCommit => told[b] = Len(log[b])
  /\ AnswerRead(b, FirstOf(log[b], told[b]))
  /\ UNCHANGED <<now, table, roles, copies, ack, leases, hold, nodes, telling, shipping, firstGen>>

\* R4: without leases the primary takes the value, then asks all of the maximal set, and answers
\* when each has said that it knows no later epoch. No clock is involved. Such a read takes time,
\* so it owes its client only what was revealed before it began.
AskConfirm(i) ==
  /\ "Confirm" \in Steps /\ MayAnswer(i) /\ ~round[i].open
  /\ round' = [round EXCEPT ![i] = [open |-> TRUE, value |-> FirstOf(log[i], commit[i]),
                                    known |-> seen, knownGen |-> seenGen, by |-> {}]]
  /\ UNCHANGED <<now, table, view, serving, pending, copies, ack, leases, hold, nodes, shipping, telling, clients>>
Confirm(b, i) ==
  /\ i # b /\ round[i].open /\ Me(b) \in MustGrant(i) /\ Me(b) \notin round[i].by
  /\ EpochFencesConfirm => view[b].epoch = view[i].epoch
  /\ round' = [round EXCEPT ![i].by = @ \cup {Me(b)}]
  /\ UNCHANGED <<now, table, view, serving, pending, copies, ack, leases, hold, nodes, shipping, telling, clients>>
AnswerConfirmed(i) ==
  /\ round[i].open /\ MayAnswer(i) /\ MustGrant(i) \subseteq round[i].by
  /\ Reveal(round[i].value, gen[i], AtLeast(round[i].known, round[i].knownGen, round[i].value, gen[i]))
  /\ round' = [round EXCEPT ![i] = NoRound]
  /\ UNCHANGED <<now, table, view, serving, pending, copies, ack, leases, hold, nodes, telling, shipping, firstGen>>

-----------------------------------------------------------------------------
(* Expiry. Only the primary expires entries, by a record in the log like any   *)
(* other, so that backups agree with it whatever their clocks say.             *)

\* E1: whoever meets an expired entry has it taken out, and waits for the commit before it says
\* "gone" to anyone. If it did not wait, the next primary might still have the entry, and by its
\* own clock alive (X1).
Expire(i, id) ==
  /\ "Expiry" \in Steps /\ MayAnswer(i)
  /\ id \in Living(log[i]) /\ Deadline(log[i], id) <= PartitionTime(i)
  /\ Append1(i, "gone", id)
  /\ IF GoneFollowsCommit THEN Unrevealed ELSE AnswerRead(i, log'[i])
  /\ UNCHANGED <<now, table, roles, commit, reconciled, gen, ack, leases, hold, nodes, telling, shipping, firstGen>>

\* E2: an entry is alive before its deadline in partition time. Once an entry was seen to expire,
\* none with the same or an earlier deadline is seen alive: time does not run back when a node
\* with a slower clock takes over (X2).
ReadLiving(i, id) ==
  /\ "Expiry" \in Steps /\ MayAnswer(i) /\ Leased(i)
  /\ LET value == FirstOf(log[i], commit[i])
     IN /\ id \in Living(log[i]) /\ id \in Living(value) /\ Deadline(value, id) > PartitionTime(i)
        /\ Reveal(value, gen[i], /\ AtLeast(seen, seenGen, value, gen[i])
                                 /\ \A x \in Ids(seen, "gone") : Deadline(value, id) > Deadline(seen, x))
  /\ UNCHANGED <<now, table, roles, copies, ack, leases, hold, nodes, telling, shipping, firstGen>>

-----------------------------------------------------------------------------
(* The record. Each change is one ZooKeeper transaction that checks the epoch  *)
(* of the leader and the version of the record, hence a single step here, by   *)
(* whoever believes to be the leader.                                          *)
Change(r) == record' = r /\ changed' = now /\ r.ver <= MaxVer
OnlyTheRecord ==
  UNCHANGED <<now, relinquished, roles, copies, ack, leases, hold, nodes, shipping, telling, clients>>
SameGeneration == UNCHANGED begun

\* T3: another live member of the in-sync set becomes primary, at any time: whether the old one
\* has really failed is nothing that anyone could know.
TakeOver ==
  /\ record.epoch < MaxEpoch
  /\ \E m \in record.inSync \ {record.primary} :
       /\ Alive(m)
       /\ Change(Record(record.ver + 1, record.epoch + 1, m, record.inSync \ {record.primary}, record.gen, record.firm))
  /\ SameGeneration /\ OnlyTheRecord

\* T6: a backup leaves the in-sync set; asked for by the primary or decided by the leader.
Shrink ==
  /\ "Shrink" \in Steps
  /\ \E m \in record.inSync \ {record.primary} :
       Change([record EXCEPT !.ver = @ + 1, !.inSync = @ \ {m}])
  /\ SameGeneration /\ OnlyTheRecord

\* J2: the primary asks to add a member that has caught up. From here on that member must acknowledge
\* every commit (M3) and grant every lease (M4), until a newer record says what became of it.
AskExpand(i, b) ==
  /\ "Join" \in Steps /\ b # i /\ IsPrimary(i) /\ serving[i]
  /\ Me(b) \notin view[i].inSync \cup pending[i]
  /\ "Parts" \in Steps \/ reconciled[b] = view[i].epoch \* A copy in parts may be gone.
  /\ Acked(i, Me(b)) >= commit[i]
  /\ ExpandWaitsForSublease => Subtenants(i) = {} \* R6: the new one has promised nothing that covers it (M25).
  /\ CopyWaitsForChanges => arrived[i] >= carried[b] \* V2 (M17)
  /\ "Parts" \in Steps => IF ProgressNamesCopy THEN whole[b] = started[b] /\ whole[b] # 0 \* C1 (M19)
                         ELSE whole[b] # 0
  /\ pending' = [pending EXCEPT ![i] = @ \cup {Me(b)}]
  /\ UNCHANGED <<now, table, view, serving, round, copies, ack, leases, hold, nodes, shipping, telling, clients>>

\* J2: the leader adds it if nothing has changed since, and if it has not restarted since (M5).
Expand ==
  /\ \E i \in Node : \E m \in pending[i] :
       /\ view[i].ver = record.ver /\ record.primary = view[i].primary /\ m \notin record.inSync
       /\ ExpandBindsIncarnation => Alive(m)
       /\ Change([record EXCEPT !.ver = @ + 1,
                    !.inSync = @ \cup {IF ExpandBindsIncarnation THEN m ELSE Me(NodeOf(m))}])
  /\ SameGeneration /\ OnlyTheRecord

\* J3: the successor named after a hand-over. The old primary stays in sync.
HandOver ==
  /\ relinquished = record.epoch /\ record.epoch < MaxEpoch
  /\ \E m \in record.inSync \ {record.primary} :
       /\ Alive(m)
       /\ Change(Record(record.ver + 1, record.epoch + 1, m, record.inSync, record.gen, record.firm))
  /\ SameGeneration /\ OnlyTheRecord

BeginGeneration(firm) ==
  \E j \in Node : Change(Record(record.ver + 1, record.epoch + 1, Me(j), {Me(j)}, record.gen + 1, firm))

\* L2: no member in sync is left. The partition starts empty, in a new generation, when no lost
\* member can still be serving: each has restarted, or was out of touch for the grace; and the
\* grace has passed since the record last changed, for a member that then came in touch has
\* served on what it read at that time (M9).
Reset ==
  /\ "Reset" \in Steps /\ record.epoch < MaxEpoch
  /\ \A m \in record.inSync : now >= contact[NodeOf(m)] + Grace \/ ~Alive(m)
  /\ ResetWaitsForLastChange => now >= changed + Grace
  /\ BeginGeneration(TRUE) /\ begun' = 0
  /\ OnlyTheRecord

\* L3: or it starts at once, provisionally, while lost members may serve the generation before. Their
\* znodes are gone, so none of them gets in touch any more unless it learns of this; that needs
\* no condition here, since contact is of those who know the record.
ResetEarly ==
  /\ "Early" \in Steps /\ record.epoch < MaxEpoch
  /\ BeginGeneration(FALSE) /\ begun' = now
  /\ OnlyTheRecord

\* L3: it is made firm when no licence of before can last. A leader counts from when it saw the
\* provisional record, which is when that was made at the earliest (M15).
MakeFirm ==
  /\ ~record.firm
  /\ FirmAfterGrace => now >= begun + Grace
  /\ Change([record EXCEPT !.ver = @ + 1, !.firm = TRUE]) /\ begun' = 0
  /\ OnlyTheRecord

-----------------------------------------------------------------------------
(* Learning of a new record.                                                   *)

\* T4: who learns of a later epoch must not help its primary to serve while an earlier one may
\* still read by a promise of this node. If no epoch was skipped that is the primary just replaced,
\* else it may be anyone. Earlier holds go on (M11). After a hand-over there is nothing to wait
\* for: the old primary has stopped.
GaveUp(i, r) == relinquished = r.epoch - 1 /\ view[i].epoch = r.epoch - 1
HoldAfter(i, r) ==
  IF ~NewPrimaryWaits THEN 0
  ELSE IF r.epoch <= view[i].epoch THEN hold[i]
  ELSE LET old == NodeOf(view[i].primary)
           promised == IF view[i].epoch = r.epoch - 1
                       THEN IF old = i \/ GaveUp(i, r) THEN {} ELSE {promise[i][old]}
                       ELSE {promise[i][x] : x \in Node \ {i}}
       IN MaxOf({0} \cup promised \cup (IF HoldsAccumulate THEN {hold[i]} ELSE {}))

\* T7: who is taken out of the record drops its copy. With copies in one piece that makes no difference.
IsOut(i) == "Parts" \in Steps /\ Me(i) \in view[i].inSync /\ Me(i) \notin record.inSync

\* C2: a primary that has not seen all records does not know who was taken out in between, and has
\* dropped what is counted as whole (M20).
IsAnew(i, b) ==
  /\ Me(b) \notin record.inSync
  /\ Me(b) \in view[i].inSync \/ (CopyNamesRecord /\ record.ver > view[i].ver + 1)

\* T4: a node installs the record, pushed by the leader, seen by a watch or read by itself. A
\* deposed primary stops answering (W5). A newer record settles what became of pending members. The
\* primary of a new generation starts empty.
Install(i) ==
  /\ view[i].ver < record.ver
  /\ view' = [view EXCEPT ![i] = record]
  /\ hold' = [hold EXCEPT ![i] = HoldAfter(i, record)]
  /\ pending' = [pending EXCEPT ![i] = {}]
  /\ LET later == record.epoch > view[i].epoch
         leads == later /\ record.primary = Me(i)
         empty == (leads /\ record.gen > gen[i]) \/ IsOut(i)
     IN /\ serving' = IF later THEN [serving EXCEPT ![i] = FALSE] ELSE serving
        /\ round' = IF later THEN [round EXCEPT ![i] = NoRound] ELSE round
        /\ reconciled' = IF leads THEN [reconciled EXCEPT ![i] = record.epoch]
                         ELSE IF IsOut(i) THEN [reconciled EXCEPT ![i] = 0] ELSE reconciled
        /\ gen' = IF leads /\ empty THEN [gen EXCEPT ![i] = record.gen] ELSE gen
        /\ log' = IF empty THEN [log EXCEPT ![i] = <<>>] ELSE log
        /\ commit' = IF empty THEN [commit EXCEPT ![i] = 0] ELSE commit
        /\ position' = IF IsOut(i) THEN [position EXCEPT ![i] = 0] ELSE position
        /\ whole' = [b \in Node |-> IF leads \/ (IsPrimary(i) /\ IsAnew(i, b)) THEN 0 ELSE whole[b]]
  /\ UNCHANGED <<now, table, ack, leases, started, applied, part, nodes, telling, clients>>

\* L1: a node that knows the current record has a write of its own answered by ZooKeeper. A read
\* would prove nothing, it may be answered by a server that lags behind.
Contact(i) ==
  /\ "Reset" \in Steps /\ view[i].ver = record.ver /\ contact[i] < now
  /\ contact' = [contact EXCEPT ![i] = now]
  /\ UNCHANGED <<now, table, roles, copies, ack, leases, hold, inc, skew, telling, shipping, clients>>

\* T4: the new primary has its log taken over by a backup; J1: or by a node that makes a new copy. The
\* message tells the epoch, so it counts as learning of the record.
Reconcile(i, b) ==
  /\ i # b /\ IsPrimary(i) /\ reconciled[b] < view[i].epoch
  /\ view[b].ver <= view[i].ver /\ view[b].epoch <= view[i].epoch
  /\ ~(IsPrimary(b) /\ view[b].epoch = view[i].epoch)
  /\ Me(b) \in view[i].inSync \/ ("Join" \in Steps /\ "Parts" \notin Steps)
  /\ hold' = [hold EXCEPT ![b] = HoldAfter(b, view[i])]
  /\ view' = [view EXCEPT ![b] = view[i]] /\ serving' = [serving EXCEPT ![b] = FALSE]
  /\ pending' = [pending EXCEPT ![b] = {}] /\ round' = [round EXCEPT ![b] = NoRound]
  /\ log' = [log EXCEPT ![b] = log[i]] /\ reconciled' = [reconciled EXCEPT ![b] = view[i].epoch]
  /\ gen' = [gen EXCEPT ![b] = gen[i]] /\ commit' = [commit EXCEPT ![b] = 0]
  /\ ack' = [ack EXCEPT ![view[i].epoch][b][inc[b]] = Len(log[i])]
  /\ LET n == IF Me(b) \in view[i].inSync THEN carried[b] ELSE carried[i] \* A new copy has what is committed.
     IN /\ carried' = [carried EXCEPT ![b] = n]
        /\ arrived' = [arrived EXCEPT ![b] = IF Me(b) \in view[i].inSync THEN @ ELSE n]
  /\ told' = [told EXCEPT ![b] = IF Me(b) \in view[i].inSync THEN @ ELSE 0]
  /\ UNCHANGED <<now, table, heartbeat, grant, lease, promise, sublease, lent, nodes, heard, missed, shipping, clients>>

\* T5: a primary serves when its hold is over (M1) and all in sync hold its log (M6). All of the
\* log is committed from then on: any entry may have been answered by a predecessor.
Serve(i) ==
  /\ IsPrimary(i) /\ ~serving[i] /\ now >= hold[i]
  /\ RelinquishedForGood => relinquished < view[i].epoch
  /\ ReconcileBeforeServing => \A m \in Backups(i) : Acked(i, m) >= Len(log[i])
  /\ serving' = [serving EXCEPT ![i] = TRUE]
  /\ commit' = IF ReconcileBeforeServing THEN [commit EXCEPT ![i] = Len(log[i])] ELSE commit
  /\ CarryOut(i, commit'[i])
  /\ UNCHANGED <<now, table, view, pending, round, log, reconciled, gen, ack, leases, hold, nodes,
                 shipping, clients>>

\* J3: for a hand-over the primary stops, has its log acknowledged by all and gives up its epoch.
\* It never serves in it again, for its successor will not wait for it (M12), nor for who answers
\* reads by its leave (M24).
Relinquish(i) ==
  /\ "HandOver" \in Steps /\ IsPrimary(i) /\ serving[i]
  /\ relinquished < view[i].epoch /\ view[i].ver = record.ver
  /\ commit[i] = Len(log[i]) /\ \A m \in MustAck(i) : Acked(i, m) >= Len(log[i])
  /\ RelinquishWaitsForSublease => Subtenants(i) = {}
  /\ serving' = [serving EXCEPT ![i] = FALSE] /\ round' = [round EXCEPT ![i] = NoRound]
  /\ relinquished' = view[i].epoch
  /\ UNCHANGED <<now, record, changed, begun, view, pending, copies, ack, leases, hold, nodes, shipping,
                 telling, clients>>

\* A node starts again: all it knew and promised is lost. Its old grants may still be in flight.
Restart(i) ==
  /\ inc[i] < MaxInc /\ inc' = [inc EXCEPT ![i] = @ + 1]
  /\ view' = [view EXCEPT ![i] = NoRecord] /\ serving' = [serving EXCEPT ![i] = FALSE]
  /\ pending' = [pending EXCEPT ![i] = {}] /\ round' = [round EXCEPT ![i] = NoRound]
  /\ log' = [log EXCEPT ![i] = <<>>] /\ commit' = [commit EXCEPT ![i] = 0]
  /\ reconciled' = [reconciled EXCEPT ![i] = 0] /\ gen' = [gen EXCEPT ![i] = 0]
  /\ heartbeat' = [x \in Node |-> [b \in Node |-> IF x = i \/ b = i THEN Never ELSE heartbeat[x][b]]]
  /\ lease' = [lease EXCEPT ![i] = [b \in Node |-> [k \in Incs |-> 0]]]
  /\ promise' = [promise EXCEPT ![i] = [x \in Node |-> 0]]
  /\ sublease' = [sublease EXCEPT ![i] = 0] /\ told' = [told EXCEPT ![i] = 0]
  /\ lent' = [lent EXCEPT ![i] = [b \in Node |-> [k \in Incs |-> 0]]]
  /\ started' = [started EXCEPT ![i] = 0] /\ position' = [position EXCEPT ![i] = 0]
  /\ applied' = [applied EXCEPT ![i] = 0]
  /\ part' = [part EXCEPT ![i] = NoPart] /\ whole' = [whole EXCEPT ![i] = 0]
  /\ carried' = [carried EXCEPT ![i] = 0] /\ arrived' = [arrived EXCEPT ![i] = 0]
  /\ hold' = [hold EXCEPT ![i] = 0] /\ contact' = [contact EXCEPT ![i] = now]
  /\ UNCHANGED <<now, table, ack, grant, heard, missed, skew, clients>>

-----------------------------------------------------------------------------
(* Copies in parts. Without them, Reconcile makes a copy in one step.          *)

\* J1: the primary names the entry from which on all entries will come. The node begins with nothing of
\* what is committed: all of that is to come with the parts. So it does when the primary
\* begins anew (B4).
StartCopy(i, b) ==
  /\ "Parts" \in Steps /\ i # b /\ IsPrimary(i) /\ serving[i] /\ started[b] < MaxCopies
  /\ Me(b) \notin view[i].inSync \cup pending[i]
  /\ view[b].ver <= view[i].ver /\ view[b].epoch <= view[i].epoch
  /\ view' = [view EXCEPT ![b] = view[i]] /\ hold' = [hold EXCEPT ![b] = HoldAfter(b, view[i])]
  /\ serving' = [serving EXCEPT ![b] = FALSE] /\ pending' = [pending EXCEPT ![b] = {}]
  /\ round' = [round EXCEPT ![b] = NoRound]
  /\ log' = [log EXCEPT ![b] = [n \in 1..Len(log[i]) |-> IF n <= commit[i] THEN Hole(log[i][n]) ELSE log[i][n]]]
  /\ reconciled' = [reconciled EXCEPT ![b] = view[i].epoch]
  /\ gen' = [gen EXCEPT ![b] = gen[i]] /\ commit' = [commit EXCEPT ![b] = 0]
  /\ ack' = [ack EXCEPT ![view[i].epoch][b][inc[b]] = Len(log[i])]
  /\ started' = [started EXCEPT ![b] = @ + 1] /\ position' = [position EXCEPT ![b] = 0]
  /\ applied' = [applied EXCEPT ![b] = commit[i]]
  /\ UNCHANGED <<now, table, leases, part, whole, nodes, telling, clients>>

\* B3: a part is what is committed of the next bucket, as of an entry. One that is lost is made anew.
SendPart(i, b) ==
  /\ "Parts" \in Steps /\ i # b /\ IsPrimary(i) /\ serving[i]
  /\ reconciled[b] = view[i].epoch /\ position[b] < Buckets
  /\ LET p == [copy |-> started[b], bucket |-> position[b] + 1, value |-> FirstOf(log[i], commit[i])]
     IN part[b] # p /\ part' = [part EXCEPT ![b] = p]
  /\ UNCHANGED <<now, table, roles, copies, ack, leases, started, position, applied, whole, hold, nodes,
                 telling, clients>>

\* B3: an entry is carried out on the buckets up to the position, and on no others.
CarryOutInPart(i, b) ==
  /\ "Parts" \in Steps /\ i # b /\ IsPrimary(i) /\ reconciled[b] = view[i].epoch /\ position[b] < Buckets
  /\ applied[b] < commit[i] /\ applied[b] < Len(log[b])
  /\ LET n == applied[b] + 1
     IN /\ applied' = [applied EXCEPT ![b] = n]
        /\ log' = IF BucketOf(log[b][n]) <= position[b] THEN log ELSE [log EXCEPT ![b][n] = Hole(@)]
  /\ UNCHANGED <<now, table, roles, commit, reconciled, gen, ack, leases, started, position, part, whole,
                 hold, nodes, telling, clients>>

\* B3: the node takes a part in when exactly those entries have been carried out that it contains.
\* If it took a part as it comes, what has been carried out meanwhile would be missing (M18).
TakePart(b) ==
  /\ part[b] # NoPart /\ reconciled[b] > 0 /\ part[b].copy = started[b] /\ part[b].bucket = position[b] + 1
  /\ LET value == part[b].value
     IN /\ PartMeetsItsEntry => applied[b] = Len(value)
        /\ log' = [log EXCEPT ![b] = [n \in 1..Len(@) |->
                     IF n <= Len(value) /\ BucketOf(@[n]) = part[b].bucket THEN value[n] ELSE @[n]]]
  /\ position' = [position EXCEPT ![b] = @ + 1] /\ part' = [part EXCEPT ![b] = NoPart]
  /\ whole' = IF position[b] + 1 = Buckets THEN [whole EXCEPT ![b] = started[b]] ELSE whole
  /\ UNCHANGED <<now, table, roles, commit, reconciled, gen, ack, leases, started, applied, hold, nodes,
                 telling, clients>>

-----------------------------------------------------------------------------
Next ==
  \/ Tick \/ TakeOver \/ Shrink \/ Expand \/ HandOver \/ Reset \/ ResetEarly \/ MakeFirm
  \/ \E i \in Node :
       \/ Write(i) \/ Commit(i) \/ Read(i) \/ ReadCopy(i) \/ AskConfirm(i) \/ AnswerConfirmed(i)
       \/ Install(i) \/ Contact(i) \/ Serve(i) \/ Relinquish(i) \/ Restart(i) \/ Tell(i) \/ TakePart(i)
       \/ \E id \in 1..MaxWrites : Retry(i, id) \/ Expire(i, id) \/ ReadLiving(i, id)
       \/ \E b \in Node : \/ Prepare(i, b) \/ Reconcile(i, b) \/ AskExpand(i, b)
                          \/ SendHeartbeat(i, b) \/ Grant(b, i) \/ ReceiveGrant(i, b) \/ Confirm(b, i)
                          \/ TellCommitted(i, b) \/ LetRead(i, b) \/ TellForReading(i, b)
                          \/ StartCopy(i, b) \/ SendPart(i, b) \/ CarryOutInPart(i, b)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* The promises.                                                               *)

\* No answer contradicts an earlier one: reads and writes are linearizable, and no entry that
\* was seen to be gone comes back.
AnswersAgree == ~broken

\* An operation has its effect once, however often it is sent. Its result is its place in the
\* log, so a retry that is answered at all has the first result again.
OneEffectPerOperation ==
  /\ \A i \in Node : IsPrimary(i) /\ serving[i] =>
       \A id \in Ids(log[i], "put") : Cardinality(Places(log[i], "put", id)) = 1
  /\ Ids(seen, "put") \cap spent = {}

\* V1: listeners hear of every entry, in the order of the log.
NothingMissed == ~missed

\* At any time at most one node could answer a read from memory.
OneReader == Cardinality({i \in Node : MayAnswer(i) /\ Leased(i)}) <= 1

\* All that the primary has committed is held by every member that could replace it.
CommittedIsInSync ==
  \A i \in Node : (IsPrimary(i) /\ serving[i] /\ view[i].ver = record.ver) =>
    \A m \in record.inSync : (Alive(m) /\ reconciled[NodeOf(m)] = record.epoch) =>
      IsPrefix(FirstOf(log[i], commit[i]), log[NodeOf(m)])

-----------------------------------------------------------------------------
(* For the checker: instants that lie in the past can no longer matter, so     *)
(* states that differ only in them are one.                                    *)
Ahead(t) == IF t <= now THEN 0 ELSE t
Distinguished ==
  <<now, record, IF "Reset" \in Steps THEN changed ELSE 0, begun, relinquished, roles, copies, ack,
    heartbeat, grant,
    [i \in Node |-> [b \in Node |-> [k \in Incs |-> Ahead(lease[i][b][k])]]],
    [b \in Node |-> [i \in Node |-> Ahead(promise[b][i])]],
    [i \in Node |-> Ahead(hold[i])],
    [b \in Node |-> Ahead(sublease[b])],
    [i \in Node |-> [b \in Node |-> [k \in Incs |-> Ahead(lent[i][b][k])]]], told,
    inc, IF "Reset" \in Steps THEN contact ELSE 0, shipping, telling, skew, clients>>
=============================================================================
