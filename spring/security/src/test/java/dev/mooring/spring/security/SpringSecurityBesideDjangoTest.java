package dev.mooring.spring.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The example application and the real Django share users, sessions and logouts")
class SpringSecurityBesideDjangoTest {

    private static final String PASSWORD = "correct horse";
    private static final String SETUP = """
            import django, sys
            from django.conf import settings
            settings.configure(
                SECRET_KEY='%s', USE_TZ=True, DEFAULT_AUTO_FIELD='django.db.models.AutoField', ROOT_URLCONF=__name__,
                INSTALLED_APPS=['django.contrib.auth', 'django.contrib.contenttypes', 'django.contrib.sessions'],
                DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': sys.argv[1]}},
                MIDDLEWARE=['django.contrib.sessions.middleware.SessionMiddleware',
                            'django.contrib.auth.middleware.AuthenticationMiddleware'])
            django.setup()
            from django.contrib.auth import login, logout
            from django.contrib.auth.models import User
            from django.core.management import call_command
            from django.test import Client
            from django.http import HttpResponse
            from django.urls import path
            urlpatterns = [path('whoami', lambda request: HttpResponse(request.user.get_username() or 'nobody')),
                           path('logout', lambda request: HttpResponse(str(logout(request))))]
            def client(sessionid):
                known = Client()
                known.cookies['sessionid'] = sessionid
                return known
            """.formatted(Shop.SECRET_KEY);

    @TempDir
    Path directory;

    private Path file;

    @Test
    @DisplayName("A login on either side is one on the other, with the same cookie, and so is a logout")
    void sharesLogins() throws IOException, InterruptedException, LifecycleException {
        file = directory.resolve("site.db");
        String sessionid = django("""
                call_command('migrate', verbosity=0)
                User.objects.create_user('alice', 'alice@example.com', 'correct horse', is_staff=True)
                site = Client()
                site.login(username='alice', password='correct horse')
                print(site.cookies['sessionid'].value)
                """);
        try (Shop shop = new Shop(directory, file)) {
            Browser guest = shop.browser().with("sessionid", sessionid);
            assertThat(guest.get("/staff").body()).as("logged in there").isEqualTo("staff alice@example.com");
            guest.post("/logout", java.util.Map.of("csrfmiddlewaretoken", guest.formToken()));

            Browser browser = shop.browser();
            assertThat(browser.login("alice", PASSWORD).body()).isEqualTo("alice");
            String ours = browser.cookie("sessionid").orElseThrow();
            assertThat(django("""
                    print(client('%s').get('/whoami').content.decode())
                    print(client('%s').get('/whoami').content.decode())
                    client('%s').get('/logout')
                    """.formatted(sessionid, ours, ours)))
                    .as("logged out here, logged in here")
                    .isEqualTo("nobody\nalice");
            assertThat(browser.get("/").body()).as("logged out there").isEqualTo("nobody");
        }
    }

    private String django(String lines) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("/usr/bin/python3", "-c", SETUP + lines, file.toString()).redirectErrorStream(true);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return abort("NOT RUN: there is no /usr/bin/python3");
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0 && output.contains("No module named 'django'")) {
            return abort("NOT RUN: python3-django is not installed");
        }
        return output;
    }
}
