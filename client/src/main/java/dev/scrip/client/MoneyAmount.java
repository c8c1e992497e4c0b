package dev.scrip.client;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;

/// An exact amount of money; a decimal string on the wire, so that nobody's floats touch it.
///
/// @param currency ISO 4217, such as `USD`
public record MoneyAmount(
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) {

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
