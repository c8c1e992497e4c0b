package dev.scrip.cli.demo;

import dev.scrip.client.MeasuredUse;
import java.time.LocalDateTime;

/// A call that once happened, to be replayed.
///
/// @param id the same in every run, such as `chat.complete/17`
/// @param at when it came, by the log's clock
/// @param operation with its size band
public record TracedCall(String id, LocalDateTime at, String operation, MeasuredUse use) {}
