package dev.scrip.client;

import java.time.Duration;
import java.util.Map;

/// Credits set aside for calls whose cost is known only at the end: authorise, then capture what it
/// came to, or release. A hold that nobody ends is released by itself when its time is over.
public final class Holds {

    private static final String PATH = "/v1/holds";

    private final Calls calls;

    Holds(Calls calls) {
        this.calls = calls;
    }

    /// Sets credits aside.
    ///
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<Hold> authorise(HoldOrder order, IdempotencyKey key) {
        return calls.post(PATH, order, key, Hold.class);
    }

    /// Charges what a call came to, and ends the hold unless the order says that more follow.
    ///
    /// @param hold its id
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<Capture> capture(String hold, CaptureOrder order, IdempotencyKey key) {
        return calls.post(path(hold, "capture"), order, key, Capture.class);
    }

    /// Gives a hold more time.
    ///
    /// @param hold its id
    /// @param life from now on, in whole seconds
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> extend(String hold, Duration life, IdempotencyKey key) {
        return calls.post(
                path(hold, "extend"),
                Map.of("expires_in", life.toSeconds()),
                key,
                EntryPage.Entry.class);
    }

    /// Gives back what is still held, and ends the hold.
    ///
    /// @param hold its id
    /// @throws NoAnswerException if it is not known what became of it
    public Answer<EntryPage.Entry> release(String hold, IdempotencyKey key) {
        return calls.post(path(hold, "release"), key, EntryPage.Entry.class);
    }

    private static String path(String hold, String verb) {
        return PATH + "/" + Calls.encoded(hold) + "/" + verb;
    }
}
