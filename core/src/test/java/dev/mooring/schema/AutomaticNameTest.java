package dev.mooring.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The names are those that real Django gave to its own tables. */
class AutomaticNameTest {

    @Test
    void isTableColumnsDigitsAndSuffix() {
        assertThat(AutomaticName.of("auth_permission", List.of("content_type_id", "codename"), "_uniq", 63))
                .isEqualTo("auth_permission_content_type_id_codename_01ab375a_uniq");
    }

    @Test
    void hasNoSuffixForAPlainIndex() {
        assertThat(Index.on("expire_date").name("django_session", 63)).isEqualTo("django_session_expire_date_a5c62663");
    }

    @Test
    void isShortenedToTheLimitInThreeParts() {
        ForeignKey key = new ForeignKey("permission_id", "auth_permission", "id");

        assertThat(key.name("auth_user_user_permissions", 63))
                .isEqualTo("auth_user_user_permi_permission_id_1fbb5f2c_fk_auth_perm");
    }

    @Test
    void isWholeWhenItJustFits() {
        ForeignKey key = new ForeignKey("group_id", "auth_group", "id");
        String whole = "auth_group_permissions_group_id_b120cbf9_fk_auth_group_id";

        assertThat(key.name("auth_group_permissions", whole.length())).isEqualTo(whole);
        assertThat(key.name("auth_group_permissions", whole.length() - 1)).isNotEqualTo(whole);
    }

    @Test
    void startsWithALetterIfItWasShortened() {
        assertThat(AutomaticName.of("_1rd_rurpfzfbxe", List.of("_c_mpm"), "", 63))
                .isEqualTo("_1rd_rurpfzfbxe__c_mpm_dfd2fcfb");
        assertThat(AutomaticName.of("_1rd_rurpfzfbxe", List.of("_c_mpm"), "", 30))
                .isEqualTo("D_1rd_rurpf__c_mpm_dfd2fcf");
    }

    @Test
    void givesWayToAGivenName() {
        assertThat(Index.on("a").named("mine").name("t", 63)).isEqualTo("mine");
        assertThat(UniqueConstraint.on("a").named("mine").name("t", 63)).isEqualTo("mine");
    }
}
