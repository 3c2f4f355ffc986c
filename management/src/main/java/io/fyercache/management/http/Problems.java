package io.fyercache.management.http;

import io.fyercache.core.codec.CodecException;
import io.fyercache.core.load.LoadBudgetException;
import io.fyercache.management.json.Json;
import io.fyercache.management.problem.Problem;
import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import io.fyercache.sharded.engine.CacheDestroyedException;
import io.fyercache.sharded.engine.ClusterOverloadedException;
import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.sharded.engine.OperationOutcomeUnknownException;
import io.fyercache.sharded.engine.PartitionLostException;
import io.fyercache.sharded.engine.TooFewCopiesException;
import io.javalin.http.HttpResponseException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;

/** Makes a problem of whatever an answer has failed with. What is not known to be ours is told to nobody but the log. */
final class Problems {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final Logger LOGGER = System.getLogger(Problems.class.getName());
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final int TOO_LARGE = 413;
    private static final int SERVER_ERROR = 500;

    private Problems() {}

    static Answer answer(Problem problem) {
        return new Answer(problem.status(), CONTENT_TYPE, Json.write(problem));
    }

    static Problem of(Exception failure, String path) {
        if (failure instanceof ProblemException problem) {
            return problem.problem();
        } else if (failure instanceof CacheDestroyedException) {
            return told(ProblemKind.NOT_FOUND, failure); // By another process, and this one may not have heard of it.
        } else if (failure instanceof OperationOutcomeUnknownException) {
            return told(ProblemKind.OUTCOME_UNKNOWN, failure);
        } else if (failure instanceof ClusterUnavailableException
                || failure instanceof TooFewCopiesException
                || failure instanceof ClusterOverloadedException
                || failure instanceof PartitionLostException
                || failure instanceof LoadBudgetException) {
            return told(ProblemKind.UNAVAILABLE, failure);
        } else if (failure instanceof CodecException || failure instanceof ClassCastException) {
            return told(ProblemKind.UNUSABLE, failure);
        } else if (failure instanceof CacheLoaderException || failure instanceof CacheWriterException) {
            // What users' code says may have anything in it.
            LOGGER.log(Level.WARNING, "user code has failed with " + path, failure);
            return problem(
                    ProblemKind.USER_CODE_FAILED,
                    "loader or writer",
                    "it has failed; the log of this process says why");
        } else if (failure instanceof IllegalStateException) {
            return told(ProblemKind.UNAVAILABLE, failure);
        } else if (failure instanceof HttpResponseException response && response.getStatus() < SERVER_ERROR) {
            return ofServer(response.getStatus(), path);
        }
        LOGGER.log(Level.ERROR, "what was asked for has failed: " + path, failure);
        return problem(ProblemKind.FAILED, path, "it has failed; the log of this process says why");
    }

    private static Problem ofServer(int status, String path) {
        return switch (status) {
            case NOT_FOUND ->
                new ProblemException(
                                ProblemKind.NOT_FOUND,
                                "path",
                                path,
                                "one of those in " + ApiRoutes.BASE + "/openapi.json",
                                null)
                        .problem();
            case WRONG_METHOD -> problem(ProblemKind.WRONG_METHOD, path, path + " has another method");
            case TOO_LARGE -> problem(ProblemKind.TOO_LARGE, "body", "what was sent is too large");
            default -> problem(ProblemKind.BAD_REQUEST, path, "the request is not understood");
        };
    }

    private static Problem told(ProblemKind kind, Exception failure) {
        return problem(kind, "cache", String.valueOf(failure.getMessage()));
    }

    private static Problem problem(ProblemKind kind, String name, String detail) {
        return new ProblemException(kind, name, detail).problem();
    }
}
