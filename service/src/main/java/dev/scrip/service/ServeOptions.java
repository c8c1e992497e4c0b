package dev.scrip.service;

import dev.scrip.ledger.AccountId;
import dev.scrip.ledger.PartitionSettings;
import dev.scrip.storage.PostgresUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a server is to be run.
///
/// @param dataDirectory where everything is kept; created when missing
/// @param journal the database that has the journal; null to keep it in the directory too
/// @param pricingFile published at the start when it says something new; null to serve what was
///   published before
/// @param host the address to listen on
/// @param port 0 to take any that is free
/// @param advertised where other servers of the same journal reach this one; null for the address
///   and port it listens on
/// @param workspaces tenants or environments; each gets an admin key when it has none
/// @param topUpUrl where customers buy credits; `{account}` in it stands for the account
/// @param bodyBytesMax larger requests are refused
/// @param partition how the ledger is hosted
/// @param quoteLife how long a quoted price holds, unless its caller asks for another time
/// @param loadMetric where the load is read, as `URL#name`; null when nobody but callers say it
public record ServeOptions(
        Path dataDirectory,
        @Nullable PostgresUrl journal,
        @Nullable Path pricingFile,
        String host,
        int port,
        @Nullable String advertised,
        List<String> workspaces,
        String topUpUrl,
        int bodyBytesMax,
        PartitionSettings partition,
        Duration quoteLife,
        @Nullable String loadMetric) {

    public static final int PORT_DEFAULT = 8080;

    /// A price that nobody can still pay for is no price.
    static final Duration QUOTE_LIFE_MAX = Duration.ofMinutes(15);

    private static final Duration QUOTE_LIFE = Duration.ofSeconds(60);

    private static final Pattern TOP_UP_URL = Pattern.compile("https?://[^/]|/");
    private static final Pattern ADVERTISED =
            Pattern.compile("https?://([\\w.-]+|\\[[0-9a-fA-F:.]+\\])(:\\d{1,5})?");
    private static final int PORT_MAX = 65_535;
    private static final int BODY_BYTES_MIN = 1_024;
    private static final int BODY_BYTES_DEFAULT = 1 << 20;

    public ServeOptions {
        workspaces = List.copyOf(workspaces);
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "The port (" + port + ") must be 0 to " + PORT_MAX + ".");
        }
        if (bodyBytesMax < BODY_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "The largest body ("
                            + bodyBytesMax
                            + ") must be at least "
                            + BODY_BYTES_MIN
                            + " bytes.");
        }
        if (workspaces.isEmpty() || new HashSet<>(workspaces).size() < workspaces.size()) {
            throw new IllegalArgumentException(
                    "The workspaces (" + workspaces + ") must be at least one, each named once.");
        }
        workspaces.forEach(AccountId::requireWorkspace);
        if (!quoteLife.isPositive() || quoteLife.compareTo(QUOTE_LIFE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "A quote (" + quoteLife.toSeconds() + " s) must hold for 1 to 900 seconds.");
        }
        if (loadMetric != null) {
            var _ = LoadMetric.Source.parse(loadMetric);
        }
        if (advertised != null && !ADVERTISED.matcher(advertised).matches()) {
            throw new IllegalArgumentException(
                    "The advertised URL ("
                            + advertised
                            + ") must be http://HOST:PORT, as other servers reach this one.");
        }
        // It goes into a header and into JSON as it is.
        if (!topUpUrl.chars().allMatch(c -> c > ' ' && c <= '~' && c != '<' && c != '>')
                || !TOP_UP_URL.matcher(topUpUrl).lookingAt()) {
            throw new IllegalArgumentException(
                    "The top-up URL ("
                            + topUpUrl
                            + ") must start with https://, http:// or / and be ASCII without"
                            + " spaces.");
        }
    }

    /// The defaults: this machine only, workspaces `live` and `test`.
    public static ServeOptions of(Path dataDirectory) {
        return new ServeOptions(
                dataDirectory,
                null,
                null,
                "127.0.0.1",
                PORT_DEFAULT,
                null,
                List.of("live", "test"),
                "/?account={account}",
                BODY_BYTES_DEFAULT,
                PartitionSettings.DEFAULT,
                QUOTE_LIFE,
                null);
    }

    /// @param url a PostgreSQL database as JDBC writes it
    /// @throws IllegalArgumentException if it is none, without repeating it, for it may hold a
    ///   password
    public ServeOptions withJournal(@Nullable String url) {
        return new ServeOptions(
                dataDirectory,
                url == null ? null : new PostgresUrl(url),
                pricingFile,
                host,
                port,
                advertised,
                workspaces,
                topUpUrl,
                bodyBytesMax,
                partition,
                quoteLife,
                loadMetric);
    }

    public ServeOptions withPricingFile(@Nullable Path pricingFile) {
        return new ServeOptions(
                dataDirectory,
                journal,
                pricingFile,
                host,
                port,
                advertised,
                workspaces,
                topUpUrl,
                bodyBytesMax,
                partition,
                quoteLife,
                loadMetric);
    }

    public ServeOptions withAddress(String host, int port) {
        return new ServeOptions(
                dataDirectory,
                journal,
                pricingFile,
                host,
                port,
                advertised,
                workspaces,
                topUpUrl,
                bodyBytesMax,
                partition,
                quoteLife,
                loadMetric);
    }

    /// @param url null for the address and port it listens on
    public ServeOptions withAdvertised(@Nullable String url) {
        return new ServeOptions(
                dataDirectory,
                journal,
                pricingFile,
                host,
                port,
                url,
                workspaces,
                topUpUrl,
                bodyBytesMax,
                partition,
                quoteLife,
                loadMetric);
    }

    public ServeOptions withWorkspaces(List<String> workspaces) {
        return new ServeOptions(
                dataDirectory,
                journal,
                pricingFile,
                host,
                port,
                advertised,
                workspaces,
                topUpUrl,
                bodyBytesMax,
                partition,
                quoteLife,
                loadMetric);
    }

    public ServeOptions withTopUpUrl(String topUpUrl) {
        return new ServeOptions(
                dataDirectory,
                journal,
                pricingFile,
                host,
                port,
                advertised,
                workspaces,
                topUpUrl,
                bodyBytesMax,
                partition,
                quoteLife,
                loadMetric);
    }

    public ServeOptions withQuoteLife(Duration quoteLife) {
        return new ServeOptions(
                dataDirectory,
                journal,
                pricingFile,
                host,
                port,
                advertised,
                workspaces,
                topUpUrl,
                bodyBytesMax,
                partition,
                quoteLife,
                loadMetric);
    }

    /// @param loadMetric as `URL#name`; null when nobody but callers say the load
    public ServeOptions withLoadMetric(@Nullable String loadMetric) {
        return new ServeOptions(
                dataDirectory,
                journal,
                pricingFile,
                host,
                port,
                advertised,
                workspaces,
                topUpUrl,
                bodyBytesMax,
                partition,
                quoteLife,
                loadMetric);
    }
}
