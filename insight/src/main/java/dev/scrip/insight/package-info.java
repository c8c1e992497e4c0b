/// What is learned from rated usage: margins and leaks. It proposes, and never applies.
@NullMarked
package dev.scrip.insight;

import org.jspecify.annotations.NullMarked;
