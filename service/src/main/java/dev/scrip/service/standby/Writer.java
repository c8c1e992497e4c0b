package dev.scrip.service.standby;

import java.net.URI;

/// Another server that is the writer.
///
/// @param epoch the number of its term
/// @param url where it is reached, without a path
public record Writer(long epoch, URI url) {}
