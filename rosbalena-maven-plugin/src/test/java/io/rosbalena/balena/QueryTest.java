package io.rosbalena.balena;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void whatPeopleTypeStaysAStringOfTheFilter() {
        Query query = Query.of("release")
                .select("id")
                .filter("commit eq " + Query.text("a' or 'b&$top=1"))
                .top(1);

        assertThat(query.path())
                .isEqualTo("/v7/release?$select=id&$filter=commit%20eq%20'a''%20or%20''b%26%24top%3D1'&$top=1");
        assertThat(query.show()).isEqualTo("/v7/release?$select=id&$filter=commit eq 'a'' or ''b&$top=1'&$top=1");
    }

    @Test
    void theLanguageItselfStaysReadable() {
        Query query = Query.of("application")
                .filter("a/any(b:b eq 1) and slug eq " + Query.text("acme/courier"))
                .expand("x($select=y;$expand=z)");

        assertThat(query.path())
                .isEqualTo("/v7/application?$filter=a/any(b:b%20eq%201)%20and%20slug%20eq%20'acme%2Fcourier'"
                        + "&$expand=x($select=y;$expand=z)");
    }

    @Test
    void keysStandInThePath() {
        assertThat(Query.of("release", 2).path()).isEqualTo("/v7/release(2)");
        assertThat(Query.of("service(application=1,service_name=" + Query.text("talker") + ")")
                        .path())
                .isEqualTo("/v7/service(application=1,service_name='talker')");
    }
}
