package dev.scrip.service;

/// Tells the read models that something was committed. It stands between them and the partition,
/// since each needs the other to be made.
final class CommitSignal implements Runnable {

    private volatile Runnable listener = () -> {};

    void connect(Runnable listener) {
        this.listener = listener;
    }

    @Override
    public void run() {
        listener.run();
    }
}
