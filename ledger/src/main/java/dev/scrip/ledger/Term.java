package dev.scrip.ledger;

/// The right to write a partition's journal and to answer for it, which one server has at a time.
///
/// Whoever has it asks before each answer, since it may have passed on while nobody was looking: a
/// process can stand still for as long as it pleases its machine.
public interface Term {

    /// Of a journal that only one process can open: it never ends.
    Term ENDLESS = () -> 1;

    /// Which term this process has at this moment, counted from 1; 0 when it has none.
    ///
    /// A later one has a greater number. Between two, others may have written.
    long epoch();
}
