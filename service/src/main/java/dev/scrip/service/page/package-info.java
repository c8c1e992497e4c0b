/// The pages that the process serves to people.
@NullMarked
package dev.scrip.service.page;

import org.jspecify.annotations.NullMarked;
