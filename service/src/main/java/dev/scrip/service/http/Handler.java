package dev.scrip.service.http;

/// Answers one route's requests.
public interface Handler {

    /// @throws ProblemException to refuse
    Response handle(Request request);
}
