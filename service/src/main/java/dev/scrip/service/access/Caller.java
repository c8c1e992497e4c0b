package dev.scrip.service.access;

/// Whom a request comes from: everything it may see lies in the workspace.
public record Caller(String keyId, String workspace, Role role) {}
