package dev.mooring.spring.security;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.mooring.Databases;
import dev.mooring.auth.Authenticator;
import dev.mooring.auth.Logins;
import dev.mooring.auth.Users;
import dev.mooring.auth.http.AuthFilter;
import dev.mooring.auth.http.HttpAuth;
import dev.mooring.auth.sessions.SessionStore;
import dev.mooring.auth.signing.SecretKeys;
import java.security.Principal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** A shop beside a Django site: its users log in at either, and are logged in at both. */
@Configuration
@EnableWebMvc
@EnableWebSecurity
@EnableMethodSecurity
@Import(ShopApplication.Pages.class)
class ShopApplication {

    @Bean
    Users users(Databases databases) {
        return Users.of(databases);
    }

    @Bean
    Authenticator authenticator(Users users) {
        return Authenticator.of(users);
    }

    /** Stands before Spring Security's filter. */
    @Bean
    AuthFilter authFilter(Databases databases, Users users, Authenticator authenticator, SecretKeys keys) {
        SessionStore sessions = SessionStore.of(databases, keys);
        Logins logins = Logins.of(authenticator, users, keys);
        return new AuthFilter(HttpAuth.builder(databases, sessions, logins)
                .csrfExempt(path -> true) // Spring Security checks it.
                .build());
    }

    @Bean
    DjangoHttpSecurity django(Users users, Authenticator authenticator) {
        return new DjangoHttpSecurity(users, authenticator);
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/", "/token")
                        .permitAll()
                        .requestMatchers("/staff")
                        .hasRole("STAFF")
                        .anyRequest()
                        .authenticated())
                .formLogin(withDefaults())
                .logout(logout -> logout.logoutSuccessUrl("/"))
                .build();
    }

    @RestController
    static class Pages {

        @GetMapping("/")
        String home(Principal user) {
            return user == null ? "nobody" : user.getName();
        }

        @GetMapping("/staff")
        String staff(@AuthenticationPrincipal DjangoUserDetails me) {
            return "staff " + me.user().email();
        }

        @PostMapping("/post")
        @PreAuthorize("hasAuthority('blog.publish_post')")
        String publish() {
            return "published";
        }
    }
}
