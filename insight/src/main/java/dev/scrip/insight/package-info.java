/// What is learned from rated usage: margins and leaks, how simple a table can be, and how many
/// credits plans should include. It proposes, and never applies.
@NullMarked
package dev.scrip.insight;

import org.jspecify.annotations.NullMarked;
