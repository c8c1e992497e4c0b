package dev.scrip.ledger;

import java.time.Duration;

/// What a partition is to its journal at the moment: the writer in some term, or a follower.
/// Changed by the partition's thread alone.
public final class Standing {

    private final Term term;
    private volatile long epoch;
    private volatile boolean follows = true;
    private volatile long followedNanoTime = System.nanoTime();

    Standing(Term term) {
        this.term = term;
    }

    /// The term that there is now, whatever the partition has made of it.
    long termNow() {
        return term.epoch();
    }

    /// The term in which the partition serves; 0 while it does not.
    public long epoch() {
        return epoch;
    }

    /// Whether nobody else can have written since the partition began to serve.
    boolean mayAnswer() {
        return term.epoch() == epoch;
    }

    /// Whether the partition leaves the answers to another server, which has the term.
    public boolean follows() {
        return follows;
    }

    /// How long ago it was last known to have all that the writer had stored; zero for the writer.
    public Duration followedAgo() {
        return follows ? Duration.ofNanos(System.nanoTime() - followedNanoTime) : Duration.ZERO;
    }

    void lead(long inTerm) {
        epoch = inTerm;
        follows = false;
    }

    void follow() {
        epoch = 0;
        follows = true;
    }

    /// It has to read the journal again, whether it leads or follows.
    void interrupt() {
        epoch = 0;
    }

    void hasAll() {
        followedNanoTime = System.nanoTime();
    }
}
