package io.fyercache.management.problem;

import java.util.Locale;

/** Kinds of problems, each with the status of HTTP that goes with it. */
public enum ProblemKind {
    /** A parameter, or what was sent, is not what was expected. */
    BAD_REQUEST(400, "The request is not understood"),
    /** No token was sent, or one that nobody has. */
    NOT_IDENTIFIED(401, "Nobody is known by this token"),
    /** The caller's role does not cover the request, or the request comes from where none may. */
    NOT_ALLOWED(403, "This is not allowed"),
    /** There is no such thing. */
    NOT_FOUND(404, "There is no such thing"),
    /** What was sent takes too long to come. */
    TOO_SLOW(408, "What was sent has not come in time"),
    /** There is such a path, and another method for it. */
    WRONG_METHOD(405, "This cannot be done with that"),
    /** What was asked for cannot be done to that thing as it is. */
    CONFLICT(409, "This cannot be done as things are"),
    /** What was sent is larger than may be. */
    TOO_LARGE(413, "What was sent is too large"),
    /** What was sent is understood, and the cache cannot take it. */
    UNUSABLE(422, "The cache cannot take this"),
    /** It has failed here, and the log says why. */
    FAILED(500, "It has failed"),
    /** A loader or writer of the cache has failed. */
    USER_CODE_FAILED(502, "A loader or writer has failed"),
    /** The cluster does not answer, or the process ends. Nothing was done. */
    UNAVAILABLE(503, "Nobody can answer at present"),
    /** The cluster has not answered in time, and nobody knows whether it was done. */
    OUTCOME_UNKNOWN(504, "It is not known whether this was done");

    private final int status;
    private final String title;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Returns the status of HTTP, 400..599. */
    public int status() {
        return status;
    }

    /** Returns what people are told of all problems of this kind. */
    public String title() {
        return title;
    }

    /** Returns what identifies the kind for programs; it is never changed. */
    public String type() {
        return "urn:fyercache:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
