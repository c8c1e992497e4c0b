/// The process: wires the parts and serves them over HTTP.
@NullMarked
package dev.scrip.service;

import org.jspecify.annotations.NullMarked;
