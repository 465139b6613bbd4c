package dev.mooring.auth;

/**
 * A row of Django's {@code django_content_type}: a model.
 *
 * @param id the primary key
 * @param appLabel the app's name, such as {@code auth}
 * @param model the model's name in lower case, such as {@code user}
 */
public record ContentType(long id, String appLabel, String model) {}
