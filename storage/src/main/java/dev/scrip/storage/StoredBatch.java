package dev.scrip.storage;

/// A row of the journal as it is stored. Nobody may change its bytes.
///
/// A class, since a record would compare the bytes by identity.
public final class StoredBatch {

    private final long seq;
    private final byte[] batch;
    private final byte[] chain;

    StoredBatch(long seq, byte[] batch, byte[] chain) {
        this.seq = seq;
        this.batch = batch;
        this.chain = chain;
    }

    /// The number of its last fact, as the row states it.
    public long seq() {
        return seq;
    }

    /// Its facts as [FactCodec] lays them out.
    public byte[] batch() {
        return batch;
    }

    /// Its hash, as [BatchChain] makes it.
    public byte[] chain() {
        return chain;
    }
}
