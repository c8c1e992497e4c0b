package dev.scrip.storage;

import java.util.regex.Pattern;

/// The address of a PostgreSQL database as JDBC writes it, user and password among its parameters.
/// It shows itself without them, so that no log and no message gives them away.
///
/// @param text the whole address, for the driver alone
public record PostgresUrl(String text) {

    private static final Pattern SHAPE =
            Pattern.compile("(jdbc:postgresql://[\\w.:,\\[\\]-]+/[^/?#@&=\\s]+)(\\?\\S*)?");

    public PostgresUrl {
        if (!SHAPE.matcher(text).matches()) {
            // It is not repeated: who can say where in it the password is?
            throw new IllegalArgumentException(
                    "The journal must be given as jdbc:postgresql://HOST/DATABASE?user=USER."
                            + (text.contains("@")
                                    ? " Maybe the user stands before the host: it is a"
                                            + " parameter here."
                                    : ""));
        }
    }

    /// Host and database.
    @Override
    public String toString() {
        return text.replaceFirst("\\?.*", "");
    }
}
