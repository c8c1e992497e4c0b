package dev.scrip.ledger;

import java.util.List;

/// The facts of one group commit: durable together or not at all.
///
/// @param number 1, 2, 3 … without gaps in a partition's journal
public record Batch(long number, List<Fact> facts) {}
