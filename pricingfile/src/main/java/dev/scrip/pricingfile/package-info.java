/// Reads `pricing.yaml` and measured call logs into the types of [dev.scrip.pricing], strictly, and
/// keeps published price books as text.
@NullMarked
package dev.scrip.pricingfile;

import org.jspecify.annotations.NullMarked;
