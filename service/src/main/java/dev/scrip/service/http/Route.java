package dev.scrip.service.http;

import dev.scrip.service.access.Scope;
import io.helidon.http.Method;

/// What is served at a method and a path.
///
/// @param template such as `/v1/accounts/{account}`; a name in braces takes one segment
/// @param scope what the caller must be allowed
public record Route(Method method, String template, Scope scope, Handler handler) {

    public static Route get(String template, Scope scope, Handler handler) {
        return new Route(Method.GET, template, scope, handler);
    }

    public static Route post(String template, Scope scope, Handler handler) {
        return new Route(Method.POST, template, scope, handler);
    }

    public static Route put(String template, Scope scope, Handler handler) {
        return new Route(Method.PUT, template, scope, handler);
    }

    public static Route delete(String template, Scope scope, Handler handler) {
        return new Route(Method.DELETE, template, scope, handler);
    }

    @Override
    public String toString() {
        return method.text() + " " + template;
    }
}
