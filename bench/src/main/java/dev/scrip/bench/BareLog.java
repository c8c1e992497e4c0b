package dev.scrip.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// What the engine is compared with: group commit of ready-made bytes to the same kind of SQLite
/// file, with the same hand-over between callers and writer, and no logic at all.
final class BareLog implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement insert;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final Thread writer;
    private volatile boolean idle;
    private volatile boolean closing;
    private long seq;
    long flushNanos;
    long flushes;

    private static final class Waiting {
        final byte[] record;
        final Thread caller = Thread.currentThread();
        volatile boolean done;

        Waiting(byte[] record) {
            this.record = record;
        }
    }

    BareLog(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute(
                    "CREATE TABLE log (partition INTEGER, seq INTEGER, batch BLOB,"
                            + " PRIMARY KEY (partition, seq))");
        }
        insert = connection.prepareStatement("INSERT INTO log VALUES (0, ?, ?)");
        writer = Thread.ofPlatform().name("bare-log").start(this::run);
    }

    void append(byte[] record) {
        var waiting = new Waiting(record);
        queue.add(waiting);
        if (idle) {
            LockSupport.unpark(writer);
        }
        while (!waiting.done) {
            LockSupport.park(this);
        }
    }

    private void run() {
        try {
            while (!closing) {
                var batch = new ArrayList<Waiting>();
                for (var next = queue.poll(); next != null; next = queue.poll()) {
                    batch.add(next);
                }
                if (batch.isEmpty()) {
                    idle = true;
                    if (queue.isEmpty() && !closing) {
                        LockSupport.parkNanos(this, 1_000_000_000);
                    }
                    idle = false;
                    continue;
                }
                write(batch);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(List<Waiting> batch) throws SQLException {
        int length = 0;
        for (var waiting : batch) {
            length += waiting.record.length;
        }
        var bytes = new byte[length];
        int at = 0;
        for (var waiting : batch) {
            System.arraycopy(waiting.record, 0, bytes, at, waiting.record.length);
            at += waiting.record.length;
        }
        long start = System.nanoTime();
        insert.setLong(1, ++seq);
        insert.setBytes(2, bytes);
        insert.executeUpdate();
        flushNanos += System.nanoTime() - start;
        flushes++;
        for (var waiting : batch) {
            waiting.done = true;
            LockSupport.unpark(waiting.caller);
        }
    }

    @Override
    public void close() throws SQLException {
        closing = true;
        LockSupport.unpark(writer);
        try {
            writer.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        connection.close();
    }
}
