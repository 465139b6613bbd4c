package dev.mooring.auth.hashers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
@DisplayName("Malformed and truncated hashes")
class MalformedHashesTest {

    private static final int CASES = Boolean.getBoolean("mooring.full") ? 2_000_000 : 100_000;
    private static final long SEED = 30_441;
    private static final String PASSWORD = "correct horse";
    private static final String PIECES = "$$$$::==,,0123456789abcXYZ/+.!\0\ud800\udfff\u0660é😀 \n%'\"\\m=t=p=v=19";

    /** Hashes that cost next to nothing, so that only what a case asks for costs anything. */
    private static final List<PasswordHasher> CHEAP = List.of(
            DjangoHashers.pbkdf2Sha256(1),
            DjangoHashers.pbkdf2Sha1(1),
            DjangoHashers.argon2(8, 1, 1),
            DjangoHashers.bcryptSha256(4),
            DjangoHashers.bcrypt(4),
            DjangoHashers.scrypt(2, 1, 1),
            DjangoHashers.md5(),
            DjangoHashers.sha1(),
            DjangoHashers.unsaltedMd5(),
            DjangoHashers.unsaltedSha1());

    private final Random random = new Random(SEED);

    @Test
    @DisplayName("match nothing and throw nothing, whichever hasher they are given to")
    void matchNothing() {
        PasswordHashers hashers =
                PasswordHashers.of(CHEAP.get(0), CHEAP.subList(1, CHEAP.size()).toArray(PasswordHasher[]::new));
        PasswordHashers following = PasswordHashers.defaults()
                .alsoReading(DjangoHashers.md5(), DjangoHashers.sha1(), DjangoHashers.unsaltedMd5());
        List<String> whole = CHEAP.stream()
                .map(hasher -> hasher.encode(PASSWORD.getBytes(java.nio.charset.StandardCharsets.UTF_8), salt(hasher)))
                .toList();
        for (int i = 0; i < CASES; i++) {
            String encoded = whole.get(random.nextInt(whole.size()));
            String mutated = mutated(encoded);
            hashers.identify(mutated);
            hashers.mustUpdate(mutated);
            for (PasswordHasher hasher : CHEAP) {
                hasher.canVerify(mutated);
            }
            if (isCheap(mutated)) {
                assertThat(hashers.check("wrong", mutated)).as(mutated).isEqualTo(PasswordCheck.WRONG);
                following.learn(mutated);
            }
        }
    }

    /** Costs are bounded, but a second each for thousands of cases is too long here: those with larger numbers are left out. */
    private static boolean isCheap(String encoded) {
        int digits = 0;
        for (int i = 0; i < encoded.length() && i < 40; i++) {
            digits = Character.isDigit(encoded.charAt(i)) ? digits + 1 : 0;
            if (digits > 2) {
                return encoded.startsWith("md5") || encoded.startsWith("sha1");
            }
        }
        return !encoded.startsWith("bcrypt") || encoded.contains("$04$") || encoded.contains("$05$");
    }

    private static String salt(PasswordHasher hasher) {
        return hasher.newSalt(new java.security.SecureRandom());
    }

    private String mutated(String encoded) {
        StringBuilder text = new StringBuilder(encoded);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(5)) {
                case 0 -> text.setLength(at);
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                case 2 -> text.insert(at, piece());
                case 3 -> text.replace(at, Math.min(text.length(), at + 1), piece());
                default -> text.insert(at, text.toString());
            }
        }
        return text.toString();
    }

    private String piece() {
        int from = random.nextInt(PIECES.length());
        return PIECES.substring(from, Math.min(PIECES.length(), from + 1 + random.nextInt(3)));
    }
}
