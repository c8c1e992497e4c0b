/// SQLite: journal, read models and operator data. It knows SQL and no prices.
@NullMarked
package dev.scrip.storage;

import org.jspecify.annotations.NullMarked;
