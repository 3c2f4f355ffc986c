--------------------------- MODULE PartitionState ---------------------------
(* What there is to know about one partition: the constants of a run, the     *)
(* rules that a run may switch off, the variables, and the notions that the   *)
(* steps in PartitionReplication are written in.                              *)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
  Node,          \* every node that may ever hold a copy
  FirstPrimary,  \* the primary of epoch 1
  FirstInSync,   \* the nodes in sync in epoch 1, FirstPrimary among them
  Steps,         \* the families of steps that the run allows, see StepFamilies
  SwitchedOff,   \* the rules that the run breaks, see Rules: {} or a single one
  MaxEpoch, MaxVer, MaxWrites, MaxTime, MaxInc, \* where the run ends
  Lease,         \* ticks that a grant lasts
  Grace,         \* ticks that a node may serve after its last contact with ZooKeeper
  MaxSkew,       \* ticks by which a wall clock may run ahead of the slowest one
  Ttl            \* ticks of partition time that an entry lives, with "Expiry"

StepFamilies ==
  {"Heartbeat",  \* leases, hence reads of a primary that has backups
   "Sublease",   \* with "Heartbeat": copies in sync answer reads as long as the primary lets them
   "Lent",       \* the first primary begins with all leases, and has let all others in sync answer reads
   "Confirm",    \* reads without a lease, by asking everyone
   "Shrink",     \* backups leave the in-sync set
   "Join",       \* copies are made and enter the in-sync set
   "Parts",      \* with "Join": copies are made in parts, while writes go on
   "HandOver",   \* planned change of the primary
   "Reset",      \* licences, and starting empty after total loss
   "Early",      \* starting empty while the generation before may still be served
   "Listen",     \* listeners are told what is committed
   "Retry",      \* clients send an operation again
   "Expiry"}     \* entries have a deadline, wall clocks differ

(* Each rule is a Boolean. A mutant is a run with one of them FALSE.           *)
Rules ==
  {"NewPrimaryWaits", "GrantsCarryVersion", "CommitNeedsPending", "LeaseNeedsPending",
   "ExpandBindsIncarnation", "ReconcileBeforeServing", "EpochFencesPrepare",
   "LeaseCountsFromSending", "ResetWaitsForLastChange", "LeaseBindsIncarnation",
   "HoldsAccumulate", "RelinquishedForGood", "EpochFencesConfirm", "DedupTravels",
   "ResultFollowsCommit", "GenerationBindsRetry", "GoneFollowsCommit", "TimeTravels",
   "ProvisionalWaits", "FirmAfterGrace", "ChangesArriveFirst", "CopyWaitsForChanges",
   "PartMeetsItsEntry", "ProgressNamesCopy", "CopyNamesRecord", "SubleaseWithinLease",
   "CopyKnowsCommit", "CommitWaitsForSublease", "RelinquishWaitsForSublease", "ExpandWaitsForSublease"}
NewPrimaryWaits         == "NewPrimaryWaits"         \notin SwitchedOff \* M1
GrantsCarryVersion      == "GrantsCarryVersion"      \notin SwitchedOff \* M2
CommitNeedsPending      == "CommitNeedsPending"      \notin SwitchedOff \* M3
LeaseNeedsPending       == "LeaseNeedsPending"       \notin SwitchedOff \* M4
ExpandBindsIncarnation  == "ExpandBindsIncarnation"  \notin SwitchedOff \* M5
ReconcileBeforeServing  == "ReconcileBeforeServing"  \notin SwitchedOff \* M6
EpochFencesPrepare      == "EpochFencesPrepare"      \notin SwitchedOff \* M7
LeaseCountsFromSending  == "LeaseCountsFromSending"  \notin SwitchedOff \* M8
ResetWaitsForLastChange == "ResetWaitsForLastChange" \notin SwitchedOff \* M9
LeaseBindsIncarnation   == "LeaseBindsIncarnation"   \notin SwitchedOff \* M10
HoldsAccumulate         == "HoldsAccumulate"         \notin SwitchedOff \* M11
RelinquishedForGood     == "RelinquishedForGood"     \notin SwitchedOff \* M12
EpochFencesConfirm      == "EpochFencesConfirm"      \notin SwitchedOff \* M13
ProvisionalWaits        == "ProvisionalWaits"        \notin SwitchedOff \* M14
FirmAfterGrace          == "FirmAfterGrace"          \notin SwitchedOff \* M15
ChangesArriveFirst      == "ChangesArriveFirst"      \notin SwitchedOff \* M16
CopyWaitsForChanges     == "CopyWaitsForChanges"     \notin SwitchedOff \* M17
PartMeetsItsEntry       == "PartMeetsItsEntry"       \notin SwitchedOff \* M18
ProgressNamesCopy       == "ProgressNamesCopy"       \notin SwitchedOff \* M19
CopyNamesRecord         == "CopyNamesRecord"         \notin SwitchedOff \* M20
SubleaseWithinLease     == "SubleaseWithinLease"     \notin SwitchedOff \* M21
CopyKnowsCommit         == "CopyKnowsCommit"         \notin SwitchedOff \* M22
CommitWaitsForSublease  == "CommitWaitsForSublease"  \notin SwitchedOff \* M23
RelinquishWaitsForSublease == "RelinquishWaitsForSublease" \notin SwitchedOff \* M24
ExpandWaitsForSublease  == "ExpandWaitsForSublease"  \notin SwitchedOff \* M25
DedupTravels            == "DedupTravels"            \notin SwitchedOff \* D1
ResultFollowsCommit     == "ResultFollowsCommit"     \notin SwitchedOff \* D2
GenerationBindsRetry    == "GenerationBindsRetry"    \notin SwitchedOff \* D3
GoneFollowsCommit       == "GoneFollowsCommit"       \notin SwitchedOff \* X1
TimeTravels             == "TimeTravels"             \notin SwitchedOff \* X2

\* A misspelt name would switch nothing off, and a mutant survive unnoticed.
ASSUME Steps \subseteq StepFamilies /\ SwitchedOff \subseteq Rules
\* Entries of another generation have the same numbers: what listeners have heard is not told apart.
ASSUME "Listen" \notin Steps \/ "Reset" \notin Steps
\* What a copy in parts has carried out is nothing that it was told to listeners of, or when.
ASSUME "Parts" \notin Steps \/ ("Join" \in Steps /\ {"Listen", "Expiry", "Reset"} \cap Steps = {})
ASSUME FirstPrimary \in FirstInSync /\ FirstInSync \subseteq Node

-----------------------------------------------------------------------------
VARIABLES
  \* True time. No node reads it; leases are compared with it, since their clocks run alike.
  now,
  \* In ZooKeeper.
  record,       \* the record of the partition
  changed,      \* when it last changed
  begun,        \* when its generation began, if that was early, else 0
  relinquished, \* the last epoch whose primary gave it up, 0 for none
  \* What each node makes of the record.
  view,         \* the record it has installed
  serving,      \* whether it answers clients, if it is the primary
  pending,      \* members it has asked to add and does not yet know about
  \* The copy of each node.
  log,          \* prepared entries in their order
  commit,       \* how many of them are committed, as far as the primary knows
  reconciled,   \* the epoch whose primary's log it has taken over
  gen,          \* the generation its copy belongs to
  ack,          \* per epoch and member: how much of the log it has acknowledged
  \* Copies in parts, with "Parts": otherwise all of this stays as it was.
  started,      \* the number of the copy that a node was last given the beginning of
  position,     \* how many buckets of it the node has
  applied,      \* how many entries it has carried out on those
  part,         \* the part of a copy that is on its way to the node
  whole,        \* the copy of the node of which its primary last heard that it is whole
  \* Listeners, with "Listen": otherwise all of this stays as it was.
  carried,      \* how many entries a copy has carried out: of those it can tell nobody anew
  arrived,      \* up to which entry it need not tell, as far as its node knows
  heard,        \* the last entry that listeners have heard of
  missed,       \* whether they have heard of a later entry before an earlier one
  \* Leases.
  heartbeat,    \* send time of the heartbeat in flight
  grant,        \* the grant in flight
  lease,        \* per member: until when a primary counts that member's grant
  promise,      \* until when a node has promised another to let it read
  sublease,     \* until when a copy may answer reads, by its primary's lease
  lent,         \* per member: until when a primary has let it answer reads
  told,         \* how many entries of a copy are committed, as far as it was told for reading
  hold,         \* until when a node must not serve
  round,        \* the CONFIRM round a primary has open
  \* Nodes.
  inc,          \* incarnation: grows when a node restarts with empty memory
  contact,      \* when the last answer that it had from ZooKeeper was asked for
  skew,         \* how far its wall clock is ahead
  \* What clients did and saw: history, read by no step of the protocol but for firstGen.
  firstGen,     \* per operation: the generation of its first attempt
  seen,         \* the longest log that an answer has revealed
  seenGen,      \* the generation of that answer
  spent,        \* operations seen in generations before that
  broken        \* whether an answer contradicted an earlier one

table    == <<record, changed, begun, relinquished>>
roles    == <<view, serving, pending, round>>
copies   == <<log, commit, reconciled, gen>>
shipping == <<started, position, applied, part, whole>>
telling  == <<carried, arrived, heard, missed>>
leases   == <<heartbeat, grant, lease, promise, sublease, lent, told>>
nodes    == <<inc, contact, skew>>
clients  == <<firstGen, seen, seenGen, spent, broken>>
vars     == <<now, table, roles, copies, ack, leases, shipping, telling, hold, nodes, clients>>

-----------------------------------------------------------------------------
Max(a, b) == IF a > b THEN a ELSE b
MaxOf(S) == CHOOSE x \in S : \A y \in S : y <= x
MinOf(S) == CHOOSE x \in S : \A y \in S : x <= y
IsPrefix(s, t) == Len(s) <= Len(t) /\ SubSeq(t, 1, Len(s)) = s
FirstOf(s, n) == SubSeq(s, 1, n)
Epochs == 1..MaxEpoch
Incs == 0..MaxInc
Never == 0                       \* no message in flight; time starts at 1
NoRound == [open |-> FALSE]
NoPart == [copy |-> 0]
Buckets == 2                     \* one that a position has behind it, and one that it has not
MaxCopies == 2                   \* of one node: a copy, and one that begins anew

(* A member is a node in one incarnation. The record names members, never      *)
(* nodes: who restarts under an old name has forgotten all it promised.        *)
Me(i) == <<i, inc[i]>>
NodeOf(m) == m[1]
IncOf(m) == m[2]
Alive(m) == IncOf(m) = inc[NodeOf(m)]

\* A generation is firm, or provisional as long as the one before may still be served (L3).
Record(ver, epoch, primary, inSync, g, firm) ==
  [ver |-> ver, epoch |-> epoch, primary |-> primary, inSync |-> inSync, gen |-> g, firm |-> firm]
NoRecord == Record(0, 0, <<FirstPrimary, MaxInc + 1>>, {}, 0, TRUE)

IsPrimary(i) == view[i].primary = Me(i)
Backups(i) == view[i].inSync \ {Me(i)}
\* The maximal set: who is in sync, or may be by now without this primary knowing.
MustAck(i)   == Backups(i) \cup (IF CommitNeedsPending THEN pending[i] ELSE {})
MustGrant(i) == Backups(i) \cup (IF LeaseNeedsPending THEN pending[i] ELSE {})
Acked(i, m) == ack[view[i].epoch][NodeOf(m)][IncOf(m)]

\* Licence: a node that has lost ZooKeeper serves for the grace and no longer.
Licensed(i) == "Reset" \in Steps => now < contact[i] + Grace
\* What is modelled are caches that do not want to be served early.
MayAnswer(i) == /\ IsPrimary(i) /\ serving[i] /\ Licensed(i)
                /\ ProvisionalWaits => view[i].firm

LeaseOf(i, m) == IF LeaseBindsIncarnation
                 THEN lease[i][NodeOf(m)][IncOf(m)]
                 ELSE MaxOf({lease[i][NodeOf(m)][k] : k \in Incs})
\* R6: who may still answer reads by leave of this primary.
Subtenants(i) == {m \in {<<b, k>> : b \in Node, k \in Incs} : lent[i][NodeOf(m)][IncOf(m)] > now}
Leased(i) == \A m \in MustGrant(i) : LeaseOf(i, m) > now

-----------------------------------------------------------------------------
(* The log. A "put" is the effect of operation id on the key of the same       *)
(* number; a "gone" is the decision of a primary that this entry has expired.  *)
(* Both carry the partition time at which they were decided.                   *)
Entry(kind, id, epoch, time) == [kind |-> kind, id |-> id, epoch |-> epoch, time |-> time]
Places(s, kind, id) == {n \in 1..Len(s) : s[n].kind = kind /\ s[n].id = id}
Ids(s, kind) == {s[n].id : n \in {x \in 1..Len(s) : s[x].kind = kind}}
Deadline(s, id) == s[MinOf(Places(s, "put", id))].time + Ttl
Living(s) == Ids(s, "put") \ Ids(s, "gone")

(* The data of a copy is no variable: it is what its log says that has been    *)
(* carried out. What a copy in parts has carried out, but not on its data, for *)
(* that comes later, it must get with a part. Until then the entry is a hole.  *)
BucketOf(e) == (e.id % Buckets) + 1
Hole(e) == [e EXCEPT !.kind = "hole"]

(* Partition time never runs back, since whoever is primary has seen every     *)
(* time that was acted upon: it lies in the log.                               *)
WallClock(i) == now + skew[i]
LogTime(s) == MaxOf({0} \cup {s[n].time : n \in 1..Len(s)})
PartitionTime(i) == IF "Expiry" \notin Steps THEN 0
                    ELSE IF TimeTravels THEN Max(LogTime(log[i]), WallClock(i))
                    ELSE WallClock(i)

(* The dedup table: where the log holds the effect of operation id, if it was  *)
(* shipped with the effect. It is no variable, for an entry of the table is    *)
(* part of the record of the effect.                                           *)
DedupPlaces(i, id) == {n \in Places(log[i], "put", id) :
                         DedupTravels \/ log[i][n].epoch = view[i].epoch}
=============================================================================
