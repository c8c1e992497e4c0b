/// The routes of the HTTP API: each turns a request into a record, asks a use case, and writes the
/// answer.
@NullMarked
package dev.scrip.service.api;

import org.jspecify.annotations.NullMarked;
