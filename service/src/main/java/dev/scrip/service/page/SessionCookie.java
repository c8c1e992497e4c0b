package dev.scrip.service.page;

import dev.scrip.service.access.Sessions;
import dev.scrip.service.http.Request;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The cookie that holds a session.
///
/// It is `__Host-` and Secure, except when the page is asked for on this very machine, where there
/// is no TLS and browsers would drop it.
final class SessionCookie {

    private static final String NAME = "scrip-session";
    private static final String SECURE_NAME = "__Host-scrip-session";

    private SessionCookie() {}

    static @Nullable String read(Request request) {
        var cookies = request.header(HeaderNames.COOKIE);
        if (cookies == null) {
            return null;
        }
        var name = name(request) + "=";
        for (var cookie : cookies.split(";", -1)) {
            var stripped = cookie.strip();
            if (stripped.startsWith(name)) {
                return stripped.substring(name.length());
            }
        }
        return null;
    }

    static Header set(Request request, String session) {
        return header(request, session, Sessions.LIFE.toSeconds());
    }

    static Header clear(Request request) {
        return header(request, "", 0);
    }

    private static Header header(Request request, String value, long seconds) {
        return HeaderValues.create(
                HeaderNames.SET_COOKIE,
                name(request)
                        + "="
                        + value
                        + "; Path=/; Max-Age="
                        + seconds
                        + "; HttpOnly; SameSite=Strict"
                        + (isLocal(request) ? "" : "; Secure"));
    }

    private static String name(Request request) {
        return isLocal(request) ? NAME : SECURE_NAME;
    }

    private static boolean isLocal(Request request) {
        var host = request.host();
        if (host == null) {
            return false;
        }
        int port = host.lastIndexOf(':');
        var name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "localhost", "127.0.0.1", "[::1]" -> true;
            default -> false;
        };
    }
}
