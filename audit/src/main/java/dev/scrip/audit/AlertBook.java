package dev.scrip.audit;

import dev.scrip.ledger.Alert;

/// An alert, and whether it fired and has not recovered since.
final class AlertBook {

    final Alert alert;
    boolean fired;

    AlertBook(Alert alert, boolean fired) {
        this.alert = alert;
        this.fired = fired;
    }
}
