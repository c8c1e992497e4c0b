package dev.scrip.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The state of a ledger as it was at one instant, copied a part at a time while the ledger goes
/// on, so that no caller waits for the whole of it. What is about to change is copied first.
final class LedgerCopy {

    private final long lastSeq;
    private final Instant lastAt;
    private final @Nullable Instant forgottenUntil;
    private final List<Account> accounts;

    /// By number of the account, null where none was copied yet. Those opened since are beyond.
    private final LedgerState.@Nullable AccountState[] copied;

    private final RememberedRequests.Copy requests;
    private int next;

    /// @param accounts all there are, by number; more may be added
    LedgerCopy(
            long lastSeq,
            Instant lastAt,
            @Nullable Instant forgottenUntil,
            List<Account> accounts,
            RememberedRequests.Copy requests) {
        this.lastSeq = lastSeq;
        this.lastAt = lastAt;
        this.forgottenUntil = forgottenUntil;
        this.accounts = accounts;
        this.copied = new LedgerState.@Nullable AccountState[accounts.size()];
        this.requests = requests;
    }

    /// Copies an account unless it is copied; to be called before it changes. Its children come
    /// with it: what it is charged may count against one of them.
    void copy(Account account) {
        if (account.number < copied.length && copied[account.number] == null) {
            copied[account.number] = AccountStates.of(account);
            account.children.values().forEach(this::copy);
        }
    }

    /// Copies so many accounts and requests more. True when nothing is left to copy.
    boolean advance(int accountsMax, int requestsMax) {
        int end = (int) Math.min((long) next + accountsMax, copied.length);
        while (next < end) {
            copy(accounts.get(next++));
        }
        return requests.advance(requestsMax) && next == copied.length;
    }

    /// What was copied, when that is everything. By any thread.
    LedgerState state() {
        return state(all().toList());
    }

    /// As [#state], accounts by their ids.
    LedgerState sortedState() {
        return state(
                all().sorted(Comparator.comparing(account -> account.account().toString()))
                        .toList());
    }

    private Stream<LedgerState.AccountState> all() {
        return Arrays.stream(copied).map(account -> requireNonNull(account));
    }

    private LedgerState state(List<LedgerState.AccountState> ordered) {
        return new LedgerState(lastSeq, lastAt, ordered, requests.numbers(), forgottenUntil);
    }
}
