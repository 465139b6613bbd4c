package dev.mooring.auth.hashers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Without Bouncy Castle")
class MissingLibraryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "argon2$argon2id$v=19$m=8,t=1,p=1$c2Vhc2FsdHNlYXNhbHQ$z3f2TNLAyqveIZTVgR9LqA",
                "bcrypt$$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e",
                "scrypt$2$seasalt$8$1$aaaa",
            })
    @DisplayName("a hash that needs it fails with an error that names the artifact")
    void namesTheArtifact(String encoded) throws Exception {
        assertThat(check(encoded))
                .isEqualTo("Password hashes of algorithm '" + encoded.substring(0, encoded.indexOf('$'))
                        + "' need Bouncy Castle, which is not on the class path or the module path; add"
                        + " org.bouncycastle:bcprov-jdk18on");
    }

    @ParameterizedTest
    @ValueSource(strings = "pbkdf2_sha256$1000$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=")
    @DisplayName("everything else works")
    void worksForTheRest(String encoded) throws Exception {
        assertThat(check(encoded)).isEqualTo("CORRECT");
    }

    @SuppressWarnings("unchecked")
    private static String check(String encoded) throws Exception {
        Callable<String> probe = (Callable<String>) new WithoutBouncyCastle()
                .loadClass(Probe.class.getName())
                .getDeclaredConstructor(String.class)
                .newInstance(encoded);
        return probe.call();
    }

    /** Runs among classes that see no Bouncy Castle. */
    public static final class Probe implements Callable<String> {
        private final String encoded;

        public Probe(String encoded) {
            this.encoded = encoded;
        }

        @Override
        public String call() {
            try {
                return PasswordHashers.defaults()
                        .check("correct horse", encoded)
                        .name();
            } catch (RuntimeException e) {
                return e.getMessage();
            }
        }
    }

    private static final class WithoutBouncyCastle extends ClassLoader {

        WithoutBouncyCastle() {
            super(MissingLibraryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.bouncycastle.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.mooring.auth.hashers.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? defineHere(name) : known;
        }

        private Class<?> defineHere(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
