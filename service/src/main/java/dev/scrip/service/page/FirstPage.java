package dev.scrip.service.page;

import org.jspecify.annotations.Nullable;

/// What the first page shows.
///
/// @param asked the account that was asked for, empty when none was
/// @param account null when none was asked for or found
/// @param notice what went wrong, null when nothing did
public record FirstPage(
        String workspace,
        PriceList prices,
        String asked,
        @Nullable AccountPanel account,
        @Nullable String notice) {}
