package dev.scrip.ledger;

/// Public ids of facts: a prefix that tells the kind and the sequence number in Crockford's base
/// 32, so that ids sort in the order things happened.
public final class FactId {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 10;

    private FactId() {}

    public static String grant(long seq) {
        return format("gr_", seq);
    }

    public static String hold(long seq) {
        return format("ho_", seq);
    }

    public static String topUp(long seq) {
        return format("tu_", seq);
    }

    static String capture(long seq) {
        return format("ca_", seq);
    }

    public static String charge(long seq) {
        return format("ch_", seq);
    }

    static String format(String prefix, long seq) {
        var text = new char[LENGTH];
        long rest = seq;
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (rest & 31));
            rest >>>= 5;
        }
        return prefix + new String(text);
    }
}
