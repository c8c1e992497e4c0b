/// Who may ask for what: API keys, their roles, and the sessions of the pages.
@NullMarked
package dev.scrip.service.access;

import org.jspecify.annotations.NullMarked;
