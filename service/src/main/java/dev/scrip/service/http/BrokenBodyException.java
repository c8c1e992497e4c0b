package dev.scrip.service.http;

/// A body that could not be read to its end. The rest of it may still come, so nothing that follows
/// on the connection may be taken for a request.
final class BrokenBodyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    BrokenBodyException(Problem problem, Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
