package dev.scrip.storage;

/// Where a journal ends: the number of its last fact and the hash of the batch that has it.
///
/// A class, since records would compare the bytes by identity.
final class ChainEnd {

    static final ChainEnd EMPTY = new ChainEnd(0, BatchChain.start());

    final long seq;
    final byte[] chain;

    ChainEnd(long seq, byte[] chain) {
        this.seq = seq;
        this.chain = chain;
    }
}
