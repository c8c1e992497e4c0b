package dev.scrip.ledger;

import java.time.Instant;

/// Which fact answered a request, as a snapshot keeps it.
///
/// @param id of account and key
/// @param body the first half of the fingerprint of what was asked
/// @param seq of the fact that answered
/// @param at of the fact that answered
public record RememberedRequest(Fingerprint id, long body, long seq, Instant at) {}
