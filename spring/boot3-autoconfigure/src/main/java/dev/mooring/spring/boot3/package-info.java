/** What Spring Boot 3 has in other packages than Spring Boot 4, for Mooring's configurations, which serve both. */
@org.jspecify.annotations.NullMarked
package dev.mooring.spring.boot3;
