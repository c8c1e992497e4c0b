/// HTTP without the product: requests, responses, routes, problems, and strict JSON.
@NullMarked
package dev.scrip.service.http;

import org.jspecify.annotations.NullMarked;
