/// The `scrip` command: offline pricing and analysis, and the way to start and administer the
/// service.
@NullMarked
package dev.scrip.cli;

import org.jspecify.annotations.NullMarked;
