package dev.scrip.insight;

/// A table reduced to so many levels, as well as it can be done.
///
/// @param levels how many were allowed; fewer are used where more would change nothing
public record Simplification(int levels, FreeLevels free, LadderLevels ladder) {}
