/// Where price meets ledger: one class per use case, and the ports they need.
@NullMarked
package dev.scrip.metering;

import org.jspecify.annotations.NullMarked;
