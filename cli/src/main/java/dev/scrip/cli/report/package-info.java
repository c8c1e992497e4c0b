/// What a command found, built once and shown as text, Markdown or a page.
@NullMarked
package dev.scrip.cli.report;

import org.jspecify.annotations.NullMarked;
