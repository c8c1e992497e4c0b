/// Measurements, each beside what it is compared with. Nothing here ships.
@NullMarked
package dev.scrip.bench;

import org.jspecify.annotations.NullMarked;
