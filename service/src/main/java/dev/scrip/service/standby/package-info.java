/// What a server does while another is the writer of its journal: it passes requests on to that
/// one.
@NullMarked
package dev.scrip.service.standby;

import org.jspecify.annotations.NullMarked;
