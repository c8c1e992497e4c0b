package dev.scrip.audit;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What an audit found.
public sealed interface AuditReport {

    /// Facts that were looked at.
    long facts();

    /// All is well: granted = burned + held + lapsed + voided + adjusted + settled + left, in total
    /// and for each account.
    ///
    /// @param burned less what was taken back
    /// @param takenBack by reversals, and either given back to grants or lapsed
    /// @param adjusted taken by operators to set accounts right
    /// @param settled paid out of grants for what was owed
    /// @param owed used beyond all grants, and neither paid nor forgiven
    /// @param head the number of the last fact
    /// @param chain the hash of the last batch in hexadecimal
    /// @param views up to which fact the projections were compared
    /// @param viewsSkipped why they were not; null when they were
    record Sound(
            long facts,
            long accounts,
            BigDecimal granted,
            BigDecimal burned,
            BigDecimal takenBack,
            BigDecimal held,
            BigDecimal lapsed,
            BigDecimal voided,
            BigDecimal adjusted,
            BigDecimal settled,
            BigDecimal owed,
            BigDecimal left,
            long head,
            String chain,
            long views,
            @Nullable String viewsSkipped)
            implements AuditReport {}

    /// Something is not. Only the first difference is known: what follows from it would differ too.
    record Unsound(long facts, Difference difference) implements AuditReport {}
}
