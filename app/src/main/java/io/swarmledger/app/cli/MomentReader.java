package io.swarmledger.app.cli;

import io.swarmledger.app.door.Moment;
import io.swarmledger.app.door.Shown;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time from the command line. */
final class MomentReader implements ITypeConverter<Moment> {

    @Override
    public Moment convert(String text) {
        try {
            return Moment.parse(text);
        } catch (IllegalArgumentException noTime) {
            throw new TypeConversionException("'" + Shown.cell(text, 60) + "' " + noTime.getMessage());
        }
    }
}
