/// What a call costs, and how a credit table is designed. Pure: no clock, file, socket or thread.
@org.jspecify.annotations.NullMarked
module dev.scrip.pricing {
    requires static transitive org.jspecify;

    exports dev.scrip.pricing;
}
