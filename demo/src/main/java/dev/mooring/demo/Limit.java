package dev.mooring.demo;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number, or no limit at all (null). */
record Limit(@Nullable Integer value) {

    static final class Converter implements ITypeConverter<Limit> {
        @Override
        public Limit convert(String text) {
            if (text.equalsIgnoreCase("unlimited")) {
                return new Limit(null);
            }
            try {
                int value = Integer.parseInt(text);
                if (value >= 0) {
                    return new Limit(value);
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException("was '" + text + "'; use a whole number from 0, or unlimited");
        }
    }
}
