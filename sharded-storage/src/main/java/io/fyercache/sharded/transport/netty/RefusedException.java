package io.fyercache.sharded.transport.netty;

/** Says that a peer is to be refused. Without a trace, as peers must not be able to make this side work hard. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    RefusedException(Refusal reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    Refusal reason() {
        return reason;
    }
}
