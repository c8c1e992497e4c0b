/// Is what is stored right? Reads a journal and its projections and works everything out again, by
/// code that shares nothing with the ledger but the shape of its facts. It never writes.
@NullMarked
package dev.scrip.audit;

import org.jspecify.annotations.NullMarked;
