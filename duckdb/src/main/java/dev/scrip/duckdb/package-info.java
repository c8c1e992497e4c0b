/// Reads usage logs that only DuckDB understands, such as Parquet. An optional part: it finds its
/// own way into `scrip` when its jar is in `lib/`.
@NullMarked
package dev.scrip.duckdb;

import org.jspecify.annotations.NullMarked;
