package dev.scrip.service.http;

import java.util.List;

/// The names that a JSON object may have.
public final class Fields {

    /// One bit each in a long.
    private static final int COUNT_MAX = 64;

    private final List<String> names;

    private Fields(List<String> names) {
        this.names = names;
    }

    public static Fields of(String... names) {
        if (names.length > COUNT_MAX) {
            throw new IllegalArgumentException("At most " + COUNT_MAX + " fields.");
        }
        return new Fields(List.of(names));
    }

    List<String> names() {
        return names;
    }

    /// The position of a name, -1 when there is none.
    int indexOf(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
