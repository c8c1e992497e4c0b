package dev.scrip.service.http;

import java.util.Locale;

/// Every way a request can fail. Codes are stable: programs may rely on them.
public enum ProblemType {
    // The request as such.
    BAD_REQUEST(400, "The request is malformed"),
    KEY_IN_URL(400, "An API key does not belong in a URL"),
    UNAUTHORIZED(401, "An API key is needed"),
    MISSING_SCOPE(403, "The API key may not do this"),
    CROSS_SITE(403, "The form was sent by another site"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    IDEMPOTENCY_KEY_MISSING(400, "An idempotency key is needed"),
    IDEMPOTENCY_KEY_INVALID(400, "The idempotency key is invalid"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
    UNSUPPORTED_CHARSET(415, "The body must be UTF-8"),
    UNSUPPORTED_ENCODING(415, "The body must not be compressed"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The URL is too long"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    EMPTY_BODY(400, "The body is empty"),

    // Its JSON and its parameters.
    INVALID_JSON(400, "The body is not valid JSON"),
    NESTING_TOO_DEEP(400, "The JSON is nested too deeply"),
    INVALID_TEXT(400, "The text is not valid Unicode"),
    DUPLICATE_KEY(400, "A field is given twice"),
    UNKNOWN_FIELD(400, "A field is unknown"),
    MISSING_FIELD(400, "A field is missing"),
    WRONG_TYPE(400, "A value has the wrong type"),
    INVALID_VALUE(400, "A value is not one of those allowed"),
    AMOUNT_FORMAT(400, "A figure must be a plain decimal"),
    AMOUNT_NOT_POSITIVE(422, "A figure is too small"),
    AMOUNT_PRECISION(422, "A figure has too many decimals"),
    AMOUNT_OUT_OF_RANGE(422, "A figure is out of range"),
    INVALID_ID(400, "An id is malformed"),
    INVALID_TIME(400, "A time is malformed"),
    UNKNOWN_ZONE(400, "The time zone is unknown"),
    UNKNOWN_PARAMETER(400, "A query parameter is unknown"),
    INVALID_LIMIT(400, "The limit is out of range"),
    INVALID_CURSOR(400, "The cursor is invalid"),
    INVALID_WINDOW(400, "The window is invalid"),

    // What it asks for, in the order it is checked.
    UNKNOWN_OPERATION(422, "The operation is not in the price book"),
    /// The same in a path: there is nothing there to read.
    UNKNOWN_OPERATION_IN_PATH(404, "The operation is not in the price book"),
    UNKNOWN_PLAN(422, "The plan is not in the price book"),
    UNKNOWN_UNIT(422, "The third-party unit has no rate"),
    CURRENCY_MISMATCH(422, "The currency is not the price book's"),
    CONFLICTING_FIELDS(422, "Two fields exclude each other"),
    INVALID_EXPIRY(422, "The expiry is out of range"),
    NOT_PRICEABLE(422, "The call cannot be priced"),
    INVALID_QUOTE(422, "The quote is none of ours"),
    QUOTE_MISMATCH(422, "The quote is for another call"),
    QUOTE_EXPIRED(409, "The quote does not hold any more"),
    PRICE_UNDER_COST(422, "The call would be sold under its cost"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request"),
    UNKNOWN_ACCOUNT(404, "There is no such account"),
    UNKNOWN_ENTRY(404, "There is no such entry"),
    UNKNOWN_KEY(404, "There is no such API key"),
    UNKNOWN_PRICE_BOOK(404, "There is no such price book"),
    INVALID_PRICE_BOOK(422, "The document is no price book"),
    INVALID_EFFECTIVE_FROM(422, "The price book cannot take effect then"),
    PRICE_BOOK_CHANGED(409, "Another price book was published since"),
    EVENT_TOO_OLD(422, "The event is too old"),
    EVENT_TOO_RECENT(422, "The event is too recent for a backfill"),
    UNKNOWN_BACKFILL(404, "There is no such backfill"),
    BACKFILL_REVERTED(409, "The backfill was taken back"),
    EVENT_IN_FUTURE(422, "The event has not happened yet"),
    EVENT_CONFLICT(422, "The event came before with another content"),
    UNKNOWN_HOLD(404, "There is no such hold"),
    HOLD_NOT_OPEN(409, "The hold is over"),
    CAPTURE_EXCEEDS_HOLD(409, "More than is held was to be captured"),
    TOO_FEW_CAPTURES(422, "Too little is known for an estimate"),
    UNKNOWN_LEASE(404, "There is no such lease"),
    LEASE_NOT_OPEN(409, "The lease is over"),
    LEASE_EXCEEDED(409, "More than was lent was to be charged"),
    REVERSAL_EXCEEDS_CHARGE(422, "More than is left of the charge was to be taken back"),
    NOTHING_TO_VOID(409, "Nothing is left of the grant"),
    ACCOUNT_FROZEN(409, "The account is frozen"),
    ACCOUNT_CLOSED(409, "The account is closed"),
    ACCOUNT_EXISTS(409, "The account exists already"),
    DRAWS_ON_POOL(409, "The account draws on a pool"),
    NOT_A_POOL(422, "The account is no pool"),
    UNKNOWN_TOP_UP(404, "There is no such top-up"),
    TOP_UP_NOT_OPEN(409, "The top-up is settled"),
    PLAN_UNCHANGED(409, "The account is on this plan already"),
    PAYMENT_EXCEEDS_RECEIVABLE(422, "More than is owed was to be paid"),
    BALANCE_OVERFLOW(422, "The balance would leave its range"),
    RATE_LIMITED(429, "Too many calls"),
    SPEND_CAP_REACHED(402, "A spend cap is reached"),
    INSUFFICIENT_CREDITS(402, "Not enough credits"),

    // Not the caller's fault.
    INTERNAL_ERROR(500, "Something went wrong here"),
    NOT_IMPLEMENTED(501, "This is not supported"),
    OVERLOADED(503, "Too much at once"),
    UNAVAILABLE(503, "Not serving at the moment"),
    NO_WRITER(503, "No writer can be reached at the moment"),
    OUTCOME_UNKNOWN(503, "It is unknown whether it happened");

    private static final String OURS = "urn:scrip:problem:";
    private static final String REGISTERED = "https://iana.org/assignments/http-problem-types#";

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /// Such as `insufficient_credits`.
    public String code() {
        var named = this == UNKNOWN_OPERATION_IN_PATH ? UNKNOWN_OPERATION : this;
        return named.name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    /// The identifier of RFC 9457: registered where there is one, otherwise ours, described in the
    /// API's reference.
    String uri() {
        return switch (this) {
            case OVERLOADED -> REGISTERED + "temporary-reduced-capacity";
            case RATE_LIMITED -> REGISTERED + "quota-exceeded";
            default -> OURS + code().replace('_', '-');
        };
    }

    /// Whether the same request may succeed later without anyone doing anything.
    boolean retryable() {
        return this == RATE_LIMITED || (status >= 500 && this != NOT_IMPLEMENTED);
    }
}
