package io.fyercache.hibernate;

import java.util.concurrent.CountDownLatch;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A second resource of a transaction, which is prepared with the others, and does {@code work} when it is to commit: before the others, if it was the first. */
record HeldCommit(Runnable work) implements XAResource {

    /** Returns one that says when everything is prepared, and then waits until it may go on. */
    static HeldCommit until(CountDownLatch prepared, CountDownLatch goOn) {
        return new HeldCommit(() -> {
            prepared.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (onePhase) {
            throw new XAException(XAException.XAER_PROTO);
        }
        work.run();
    }

    @Override
    public int prepare(Xid xid) {
        return XA_OK;
    }

    @Override
    public void start(Xid xid, int flags) {}

    @Override
    public void end(Xid xid, int flags) {}

    @Override
    public void rollback(Xid xid) {}

    @Override
    public void forget(Xid xid) {}

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return false;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
