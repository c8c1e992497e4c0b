/// Who has how many credits, and why. Pure but for the partition runtime, which owns the thread.
@org.jspecify.annotations.NullMarked
module dev.scrip.ledger {
    requires static transitive org.jspecify;
    requires transitive dev.scrip.pricing;

    exports dev.scrip.ledger;
}
