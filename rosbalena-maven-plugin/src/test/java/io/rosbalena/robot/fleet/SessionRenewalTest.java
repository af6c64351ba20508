package io.rosbalena.robot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.balena.ApiUrl;
import io.rosbalena.balena.TokenSource;
import io.rosbalena.balena.standin.Fault;
import io.rosbalena.balena.standin.StandInApi;
import io.rosbalena.json.Json;
import io.rosbalena.transfer.TransferSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who logged in stays so as long as goals are run: the token in the file is renewed as balena's command line does it. */
class SessionRenewalTest {
    private static final String RENEW = "GET /user/v1/refresh-token";

    @TempDir
    Path folder;

    private Path file;
    private StandInApi api;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("token");
        api = StandInApi.start(folder);
    }

    @AfterEach
    void close() throws IOException {
        api.close();
    }

    private String session(Duration age) throws IOException {
        long issued = Instant.now().minus(age).getEpochSecond();
        String token = part(Map.of("alg", "HS256")) + "." + part(Map.of("id", 2, "iat", issued)) + ".c2lnbmVk";
        api.accept(token);
        Files.writeString(file, token);
        return token;
    }

    private static String part(Object value) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.compact(value));
    }

    private void use(TokenSource source) throws IOException, InterruptedException {
        new FleetAccess(ApiUrl.parse(api.url()), List.of(source), Optional.empty())
                .login(TransferSettings.standard(), line -> {});
    }

    @Test
    void anOldSessionIsRenewedInItsFile() throws Exception {
        String old = session(Duration.ofHours(2));

        use(TokenSource.ofFile(file));

        assertThat(api.lines()).contains(RENEW);
        assertThat(Files.readString(file)).isNotEqualTo(old);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        api.revoke(old);
        use(TokenSource.ofFile(file));
    }

    @Test
    void aYoungOneAndAKeyStayAsTheyAre() throws Exception {
        String young = session(Duration.ofMinutes(50));
        use(TokenSource.ofFile(file));
        assertThat(file).hasContent(young);

        Files.writeString(file, StandInApi.TOKEN);
        use(TokenSource.ofFile(file));
        assertThat(file).hasContent(StandInApi.TOKEN);
        assertThat(api.lines()).doesNotContain(RENEW);
    }

    @Test
    void whatTheEnvironmentHoldsIsNotWrittenAnywhere() throws Exception {
        String old = session(Duration.ofHours(2));
        Files.delete(file);

        use(TokenSource.ofEnvironment(Map.of("BALENA_API_KEY", old)));

        assertThat(api.lines()).doesNotContain(RENEW);
        assertThat(file).doesNotExist();
    }

    @Test
    void aServerThatRenewsNothingStopsNobody() throws Exception {
        String old = session(Duration.ofHours(2));
        api.plan((method, path, earlier) -> path.startsWith("/user/v1") ? Fault.status(503) : Fault.NONE);

        use(TokenSource.ofFile(file));

        assertThat(file).hasContent(old);
    }
}
