package dev.scrip.ledger;

import dev.scrip.ledger.LedgerState.AlertState;
import java.util.List;

/// What facts make of an account's alerts.
final class AlertStates {

    private AlertStates() {}

    /// An alert that was there before stays as it is.
    static List<AlertState> of(List<Alert> wanted, List<AlertState> before) {
        var fired = before.stream().filter(AlertState::fired).map(AlertState::alert).toList();
        return wanted.stream().map(alert -> new AlertState(alert, fired.contains(alert))).toList();
    }

    static List<AlertState> fired(List<AlertState> states, Alert alert) {
        return mark(states, new AlertState(alert, true));
    }

    static List<AlertState> rearmed(List<AlertState> states, Alert alert) {
        return mark(states, new AlertState(alert, false));
    }

    private static List<AlertState> mark(List<AlertState> states, AlertState marked) {
        return states.stream()
                .map(state -> state.alert().equals(marked.alert()) ? marked : state)
                .toList();
    }
}
