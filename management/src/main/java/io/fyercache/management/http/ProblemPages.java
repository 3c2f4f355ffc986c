package io.fyercache.management.http;

import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are no proper HTTP, which no route ever sees: as a problem, too, and without repeating what was sent. */
final class ProblemPages implements Request.Handler {
    private static final int SERVER_ERROR = 500;

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ProblemKind kind = response.getStatus() < SERVER_ERROR ? ProblemKind.BAD_REQUEST : ProblemKind.FAILED;
        Answer answer = Problems.answer(new ProblemException(
                        kind,
                        "request",
                        "the request is not understood (expected: HTTP/1.1, within the limits of this process)")
                .problem());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }
}
