package dev.mooring.auth.signing;

/** Seconds as Django writes them into signatures: in base 62, with the digits before the letters. */
final class Base62 {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** A year 1000 has six digits and the last that {@code Instant} knows ten. */
    private static final int MAX_LENGTH = 9;

    private Base62() {}

    static String encode(long number) {
        if (number == 0) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        for (long rest = Math.abs(number); rest > 0; rest /= DIGITS.length()) {
            text.append(DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return (number < 0 ? text.append('-') : text).reverse().toString();
    }

    static long decode(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > MAX_LENGTH) {
            throw malformed();
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = DIGITS.indexOf(digits.charAt(i));
            if (digit < 0) {
                throw malformed();
            }
            number = number * DIGITS.length() + digit;
        }
        return negative ? -number : number;
    }

    private static BadSignatureException malformed() {
        return new BadSignatureException("The time in the signed text is malformed");
    }
}
