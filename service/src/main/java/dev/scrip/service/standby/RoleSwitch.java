package dev.scrip.service.standby;

import dev.scrip.ledger.Partition;
import dev.scrip.ledger.Term;
import dev.scrip.service.http.Router;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Leads each request to what this server is at that moment: the writer, which answers, or a
/// standby, which passes it on. A thread of its own carries out the changes.
public final class RoleSwitch implements Handler, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RoleSwitch.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration RELOAD_EVERY = Duration.ofSeconds(5);
    private static final Duration UNFIT_FOR = Duration.ofSeconds(5);

    private final Term term;
    private final Partition partition;
    private final Reload reload;
    private final Forwarding forwarding;
    private final Router writer;
    private final Router standby;
    private final Thread thread = Thread.ofPlatform().name("scrip-role").unstarted(this::run);

    /// The term that everything is loaded for.
    private volatile long ready;

    private volatile boolean closing;
    private volatile long unfitUntil = System.nanoTime();
    private long reloadedAt = System.nanoTime();

    /// Takes in the operator data of the writer before.
    public interface Reload {

        /// @param asWriter whether this server answers by it from now on
        /// @return whether it could be had
        boolean run(boolean asWriter);
    }

    /// @param ready the term that everything is loaded for already, 0 for none
    public RoleSwitch(
            Term term,
            Partition partition,
            long ready,
            Reload reload,
            Forwarding forwarding,
            Router writer,
            Router standby) {
        this.term = term;
        this.partition = partition;
        this.ready = ready;
        this.reload = reload;
        this.forwarding = forwarding;
        this.writer = writer;
        this.standby = standby;
        thread.start();
    }

    @Override
    public void handle(ServerRequest in, ServerResponse out) {
        long epoch = term.epoch();
        (epoch != 0 && epoch == ready ? writer : standby).handle(in, out);
    }

    /// Whether this server may have the term: it does not when its ledger has stopped, or when it
    /// could not take over just now.
    public boolean isFit() {
        return !partition.stopped() && System.nanoTime() - unfitUntil >= 0;
    }

    private void run() {
        while (!closing) {
            try {
                look();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "This server cannot take its role", e);
                unfitUntil = System.nanoTime() + UNFIT_FOR.toNanos();
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private void look() {
        long epoch = term.epoch();
        if (epoch == 0) {
            standBy();
        } else if (epoch != ready && epoch == partition.standing().epoch()) {
            takeOver(epoch);
        }
        forwarding.giveUpOldOnes();
    }

    private void standBy() {
        if (ready != 0) {
            LOG.log(Level.WARNING, "This server is the writer no longer; its term was " + ready);
            ready = 0;
        }
        // For the keys that may read the metrics here.
        if (System.nanoTime() - reloadedAt >= RELOAD_EVERY.toNanos()) {
            var _ = reload.run(false);
            reloadedAt = System.nanoTime();
        }
    }

    private void takeOver(long epoch) {
        if (reload.run(true)) {
            ready = epoch;
            LOG.log(Level.INFO, "This server is the writer now; its term is " + epoch);
        } else {
            unfitUntil = System.nanoTime() + UNFIT_FOR.toNanos();
        }
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        forwarding.close();
    }
}
