package dev.mooring.auth.hashers;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Base64 with the alphabet of bcrypt: the same bits, other characters, no padding. */
final class BcryptBase64 {

    private static final String STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String BCRYPT = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private BcryptBase64() {}

    static String encode(byte[] bytes) {
        return translate(Base64.getEncoder().withoutPadding().encodeToString(bytes), STANDARD, BCRYPT);
    }

    static byte[] decode(String text) {
        return Base64.getDecoder().decode(translate(text, BCRYPT, STANDARD).getBytes(StandardCharsets.US_ASCII));
    }

    private static String translate(String text, String from, String to) {
        StringBuilder translated = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            translated.append(to.charAt(from.indexOf(text.charAt(i))));
        }
        return translated.toString();
    }
}
