package io.swarmledger.app.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as a person or a program writes it: epoch milliseconds, or ISO 8601 such as 2026-01-04T09:00:00.030Z. */
record Moment(double millis) {

    static Double millisOf(Moment moment) {
        return moment == null ? null : Double.valueOf(moment.millis());
    }

    static final class Reader implements ITypeConverter<Moment> {

        @Override
        public Moment convert(String text) {
            try {
                double millis = Double.parseDouble(text);
                if (Double.isFinite(millis)) {
                    return new Moment(millis);
                }
            } catch (NumberFormatException noNumber) {
                // Perhaps it is ISO 8601.
            }
            try {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                return new Moment(instant.toEpochMilli());
            } catch (DateTimeException noTime) {
                throw new TypeConversionException("'" + Shown.cell(text, 60)
                        + "' is no time: write epoch milliseconds, or 2026-01-04T09:00:00.030Z");
            }
        }
    }
}
