package dev.scrip.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A copy of an account on which several commands are tried out: with what charges and captures can
/// read or change, and of a pool's holds and children only those that they are about. So it costs
/// the same however many there are.
final class Trial {

    private Trial() {}

    /// @param parts charges and captures
    static Account of(Account asked, List<Command> parts) {
        var payer = asked.payer();
        var copy = copy(payer, null, payer.grants.copy());
        copy.lapsed = payer.lapsed.copy();
        copy.overage = payer.overage;
        copy.setReceivable(payer.receivable());
        for (var part : parts) {
            var hold =
                    part instanceof Command.Capture capture
                            ? payer.holds.find(capture.hold())
                            : null;
            if (hold != null && copy.holds.find(hold.seq) == null) {
                copy.holds.add(hold.copy());
                var child = hold.estimate.child();
                if (child != null) {
                    copy.adopt(copy(payer.child(child), copy, new Grants()));
                }
            }
        }
        if (asked == payer) {
            return copy;
        }
        var child = copy(asked, copy, new Grants());
        copy.adopt(child);
        return child;
    }

    private static Account copy(Account account, @Nullable Account pool, Grants grants) {
        var copy =
                new Account(
                        account.id,
                        account.plan,
                        account.zone,
                        account.openedAt,
                        account.periodEnd,
                        pool,
                        grants);
        copy.status = account.status;
        copy.limits = account.limits == null ? null : account.limits.copy();
        return copy;
    }
}
