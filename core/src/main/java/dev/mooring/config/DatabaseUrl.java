package dev.mooring.config;

import dev.mooring.error.ImproperlyConfiguredException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a database URL. No error shows more of it than the part that is wrong, and never the password. */
final class DatabaseUrl {

    private static final String FORMS =
            "use engine://user:password@host:port/name?setting=value, sqlite:///relative.db or sqlite:////absolute.db";
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^/?#]*)" + "(?<path>/[^?#]*)?(?:\\?(?<query>[^#]*))?");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?<host>\\[[^\\[\\]]*\\]|[^:\\[\\]]*)(?::(?<port>[^:]*))?");
    private static final Pattern LOGIN_IN_PATH = Pattern.compile("[^:]*:///[^/:?#@]+:[^/\\\\?#@]+@.*");
    private static final String MEMORY = ":memory:";

    private final DatabaseSettingsBuilder settings;

    private DatabaseUrl(DatabaseSettingsBuilder settings) {
        this.settings = settings;
    }

    static String fromEnvironment(Map<String, String> environment) {
        String url = environment.get("DATABASE_URL");
        if (url == null || url.isBlank()) {
            throw new ImproperlyConfiguredException("The environment variable DATABASE_URL is not set; " + FORMS);
        }
        return url;
    }

    static DatabaseSettingsBuilder parse(String alias, String url) {
        DatabaseSettingsBuilder settings = new DatabaseSettingsBuilder(alias);
        new DatabaseUrl(settings).read(url);
        return settings;
    }

    /** White space around it comes from a file or a shell; inside it is a mistake. */
    private void read(String untrimmed) {
        String url = untrimmed.strip();
        refuseOtherForms(url);
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw wrong("is not a database URL", FORMS);
        }
        settings.engine(parts.group("scheme"));
        String authority = parts.group("authority");
        if (!authority.isEmpty() && url.indexOf('@', parts.end("authority")) >= 0) {
            throw wrong(
                    "has an '@' behind its host, as if '/' or '?' stood in the password",
                    "write '/' as %2F, '?' as %3F and '@' as %40");
        }
        if (authority.isEmpty() && LOGIN_IN_PATH.matcher(url).matches()) {
            throw wrong(
                    "has a user and a password behind its third '/', where the name stands",
                    "write two before the user, and an '@' in a name as %40");
        }
        readAuthority(authority);
        String path = parts.group("path");
        if (path != null && path.length() > 1) {
            settings.name(decode(path.substring(1), "name"));
        }
        String query = parts.group("query");
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&", -1)) {
                readParameter(pair);
            }
        }
    }

    private void refuseOtherForms(String url) {
        if (url.regionMatches(true, 0, "jdbc:", 0, 5)) {
            throw wrong("begins with 'jdbc:', which is the form of a JDBC driver", "leave that out: " + FORMS);
        }
        if (url.chars().anyMatch(c -> Character.isISOControl(c))) {
            throw wrong("holds a line break or another control character", "remove it, or write it as an escape");
        }
        if (url.indexOf('#') >= 0) {
            throw wrong("holds a '#', which ends a URL", "write a '#' in the password or the name as %23");
        }
    }

    private void readAuthority(String authority) {
        if (authority.equals(MEMORY)) {
            settings.name(MEMORY);
            return;
        }
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String login = authority.substring(0, at);
            int colon = login.indexOf(':');
            settings.user(decode(colon < 0 ? login : login.substring(0, colon), "user"));
            if (colon >= 0) {
                settings.password(decode(login.substring(colon + 1), "password"));
            }
        }
        readServers(authority.substring(at + 1).split(",", -1));
    }

    /** One port for all of several hosts is the setting {@code port}; different ones stay with their hosts. */
    private void readServers(String[] servers) {
        List<String> hosts = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (String each : servers) {
            Matcher server = HOST_AND_PORT.matcher(each);
            if (!server.matches() || (servers.length > 1 && server.group("host").isEmpty())) {
                throw wrong("has a malformed host", FORMS);
            }
            hosts.add(decode(server.group("host"), "host"));
            String port = server.group("port");
            ports.add(port == null || port.isEmpty() ? 0 : port(port));
        }
        if (ports.stream().distinct().count() == 1) {
            settings.port(ports.get(0));
        } else {
            for (int i = 0; i < hosts.size(); i++) {
                hosts.set(i, ports.get(i) == 0 ? hosts.get(i) : hosts.get(i) + ":" + ports.get(i));
            }
        }
        settings.host(String.join(",", hosts));
    }

    /** Never shows what was seen: with an '@' forgotten, it is a piece of the password. */
    private int port(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw wrong("has a malformed port", "use 1 to 65535");
        }
        return port;
    }

    private void readParameter(String pair) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            throw wrong(
                    "has the parameter '" + DatabaseSettingsBuilder.printable(pair) + "' without a value",
                    "use setting=value");
        }
        String key = decode(pair.substring(0, equals), "parameter");
        SettingNames.set(settings, key, decode(pair.substring(equals + 1), key));
    }

    private String decode(String text, String part) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
                bytes.put(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            } else if (i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2))) {
                bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                throw wrong("has a '%' in its " + part + " that starts no escape", "write a literal '%' as %25");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw wrong("has escapes in its " + part + " that are not UTF-8", "escape each UTF-8 byte", e);
        }
    }

    private ImproperlyConfiguredException wrong(String seen, String wayOut) {
        return new ImproperlyConfiguredException(
                "The URL of database '%s' %s; %s".formatted(settings.alias, seen, wayOut));
    }

    private ImproperlyConfiguredException wrong(String seen, String wayOut, Throwable cause) {
        return new ImproperlyConfiguredException(
                "The URL of database '%s' %s; %s".formatted(settings.alias, seen, wayOut), cause);
    }
}
