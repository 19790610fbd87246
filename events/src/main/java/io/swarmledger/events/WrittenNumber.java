package io.swarmledger.events;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A number of JSON that anybody gave, with the digits that it was given: neither a {@code double} nor a {@code
 * BigDecimal} tells 1e5 from 100000.0, or -0.0 from 0.0.
 */
public final class WrittenNumber extends Number {

    private static final long serialVersionUID = 1;

    private final String text;

    /** The number that {@code text} is in JSON. */
    public WrittenNumber(String text) {
        this.text = text;
    }

    /** Its exact value; empty if its exponent is beyond what a {@code BigDecimal} can have. */
    public Optional<BigDecimal> exact() {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException beyond) {
            return Optional.empty();
        }
    }

    /** Whether two numbers are the same, in whatever digits they are given: 1.0 is 1. */
    public static boolean same(Number one, Number other) {
        return one.toString().equals(other.toString())
                || of(one).exact()
                        .flatMap(value -> of(other).exact().map(value::compareTo))
                        .filter(compared -> compared == 0)
                        .isPresent();
    }

    private static WrittenNumber of(Number number) {
        return number instanceof WrittenNumber written ? written : new WrittenNumber(number.toString());
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    @Override
    public long longValue() {
        return (long) doubleValue();
    }

    @Override
    public float floatValue() {
        return Float.parseFloat(text);
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrittenNumber number && text.equals(number.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
