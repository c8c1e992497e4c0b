package dev.scrip.storage;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.Batch;
import dev.scrip.ledger.Fact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Some batches that are projected in one transaction. They need not be kept until the last of them
/// is there: facts that wait have left the caches by then, and are what a collection of garbage
/// copies.
final class ProjectionRound implements AutoCloseable {

    private static final int CHAINS_MAX = 10_000;

    private final Connection connection;
    private final Map<AccountId, Chain> chains;
    private final HourlyUsage usage = new HourlyUsage();
    private final OpenTopUps topUps = new OpenTopUps();
    private final CaptureHistograms captures = new CaptureHistograms();
    private final BackfillCharges backfills = new BackfillCharges();
    private final LaterGrants laterGrants = new LaterGrants();
    private final HoldExtensions extensions = new HoldExtensions();
    private final ChildSettings children;
    private final PreparedStatement entry;
    private final PreparedStatement known;
    private long lastSeq;
    private boolean committed;

    /// @param chains known from rounds before
    /// @param projected the number of the last fact projected before
    ProjectionRound(Connection connection, Map<AccountId, Chain> chains, long projected)
            throws SQLException {
        lastSeq = projected;
        this.connection = connection;
        this.chains = chains;
        children = new ChildSettings(connection);
        entry =
                connection.prepareStatement(
                        """
                        INSERT INTO entry
                            (seq, account, previous, at, kind, operation, balance,
                             child, child_previous)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """);
        known =
                connection.prepareStatement(
                        """
                        INSERT INTO account (account, last_seq) VALUES (?, 0)
                        ON CONFLICT (account) DO UPDATE SET last_seq = last_seq
                        RETURNING number, last_seq
                        """);
    }

    void add(Batch batch) throws SQLException {
        for (var fact : batch.facts()) {
            add(fact);
        }
        lastSeq = batch.lastSeq();
    }

    private void add(Fact fact) throws SQLException {
        var chain = chain(fact.account());
        if (fact instanceof Fact.AccountOpened opened) {
            children.open(opened, chain.number);
        }
        var pool = children.pool(fact, chain.number);
        if (pool != null) {
            children.add(fact, chain(pool).lastSeq);
        }
        insert(fact, chain, childChain(fact));
        usage.add(fact);
        topUps.add(fact);
        captures.add(fact);
        backfills.add(fact);
        laterGrants.add(fact, chain.number);
        extensions.add(fact);
    }

    /// Makes what was added visible.
    void commit() throws SQLException {
        extendChains();
        usage.addTo(connection);
        topUps.addTo(connection);
        captures.addTo(connection);
        backfills.addTo(connection);
        laterGrants.addTo(connection);
        extensions.addTo(connection);
        try (var progress = connection.prepareStatement("UPDATE progress SET seq = ?")) {
            progress.setLong(1, lastSeq);
            progress.executeUpdate();
        }
        connection.commit();
        committed = true;
    }

    /// Drops what was added and not committed.
    @Override
    public void close() throws SQLException {
        try (children;
                entry;
                known) {
            if (!committed) {
                chains.clear();
                connection.rollback();
            }
        }
    }

    /// Where an account's entries end.
    static final class Chain {
        final long number;
        long lastSeq;

        /// As the table has it.
        long storedSeq;

        Chain(long number, long lastSeq) {
            this.number = number;
            this.lastSeq = lastSeq;
            this.storedSeq = lastSeq;
        }
    }

    private Chain chain(AccountId account) throws SQLException {
        var chain = chains.get(account);
        if (chain != null) {
            return chain;
        }
        known.setString(1, account.toString());
        try (var rows = known.executeQuery()) {
            rows.next();
            chain = new Chain(rows.getLong(1), rows.getLong(2));
        }
        chains.put(account, chain);
        return chain;
    }

    /// The entries of the child that made the call; null when the account that pays made it itself.
    private @Nullable Chain childChain(Fact fact) throws SQLException {
        var caller = fact.caller();
        return caller.equals(fact.account()) ? null : chain(caller);
    }

    private void extendChains() throws SQLException {
        try (var update =
                connection.prepareStatement("UPDATE account SET last_seq = ? WHERE number = ?")) {
            for (var chain : chains.values()) {
                if (chain.lastSeq != chain.storedSeq) {
                    update.setLong(1, chain.lastSeq);
                    update.setLong(2, chain.number);
                    update.executeUpdate();
                    chain.storedSeq = chain.lastSeq;
                }
            }
        }
        if (chains.size() > CHAINS_MAX) {
            chains.clear();
        }
    }

    /// @param child whose call it is as well; null for none
    private void insert(Fact fact, Chain chain, @Nullable Chain child) throws SQLException {
        entry.setLong(1, fact.seq());
        entry.setLong(2, chain.number);
        entry.setLong(3, chain.lastSeq);
        entry.setLong(4, FactCodec.toWire(fact.at()));
        entry.setString(5, EntryColumns.kind(fact));
        entry.setString(6, EntryColumns.operation(fact));
        entry.setLong(7, fact.balance().micros());
        if (child == null) {
            entry.setNull(8, Types.INTEGER);
            entry.setNull(9, Types.INTEGER);
        } else {
            entry.setLong(8, child.number);
            entry.setLong(9, child.lastSeq);
            child.lastSeq = fact.seq();
        }
        entry.executeUpdate();
        chain.lastSeq = fact.seq();
    }
}
