package dev.scrip.service.api;

import dev.scrip.ledger.AccountId;
import dev.scrip.service.access.Caller;
import dev.scrip.service.http.Problem;
import dev.scrip.service.http.ProblemType;

/// Turns what a request calls an account into its id, which always lies in the caller's workspace.
public final class AccountNames {

    private AccountNames() {}

    /// An account named in a body.
    static AccountId field(Caller caller, String name) {
        return of(caller, name, Problem.at("/account", ProblemType.INVALID_ID, rule()));
    }

    /// The account to draw on, named in a body.
    static AccountId pool(Caller caller, String name) {
        return of(caller, name, Problem.at("/pool", ProblemType.INVALID_ID, rule()));
    }

    /// An account named in a URL.
    public static AccountId argument(Caller caller, String name) {
        return of(caller, name, Problem.of(ProblemType.INVALID_ID, rule()));
    }

    private static AccountId of(Caller caller, String name, Problem malformed) {
        // Any client takes the dots out of a URL, so such an account could never be read.
        if (name.equals(".") || name.equals("..")) {
            throw malformed.toException();
        }
        try {
            return new AccountId(caller.workspace(), name);
        } catch (IllegalArgumentException _) {
            throw malformed.toException();
        }
    }

    private static String rule() {
        return "An account id must be 1 to 128 of the characters A-Z a-z 0-9 . _ : - and not only"
                + " dots.";
    }

    /// The problem of an account that is not there, and of one in another workspace: nobody can
    /// tell which.
    public static Problem unknown(AccountId account) {
        return Problem.of(
                ProblemType.UNKNOWN_ACCOUNT,
                "There is no account \""
                        + account.name()
                        + "\". Open it with POST /v1/accounts, or use a key of its workspace.");
    }
}
