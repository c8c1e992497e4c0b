/// What programs embed to sell their calls in credits: the public HTTP contract as Java records.
///
/// Knows nothing of the other rooms, so it can be shipped alone.
@NullMarked
package dev.scrip.client;

import org.jspecify.annotations.NullMarked;
