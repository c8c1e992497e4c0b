package dev.scrip.audit;

/// Which operations a name stands for: `image.resize` for itself, `image.*` for all that begin with
/// `image.`.
final class Operations {

    private Operations() {}

    static boolean covers(String name, String operation) {
        int star = name.length() - 1;
        boolean isFamily = star > 0 && name.charAt(star) == '*' && name.charAt(star - 1) == '.';
        return isFamily ? operation.regionMatches(0, name, 0, star) : operation.equals(name);
    }
}
