/// What the demonstration does; how it is shown is in the package above.
@NullMarked
package dev.scrip.cli.demo;

import org.jspecify.annotations.NullMarked;
