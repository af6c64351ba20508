package io.rosbalena.apt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rosbalena.RealTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectHashTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/C=DE/O=Grüße & Söhne/CN=Root CA",
                "/C=US/O=  Many   Blanks  /OU=UPPER lower/CN=x",
                "/CN=one+OU=two/emailAddress=Person@Example.ORG",
                "/DC=org/DC=example/CN=日本"
            })
    void equalsOpenssls(String subject) throws IOException, CertificateException {
        RealTool.require("openssl");
        RealTool.run(
                directory,
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem",
                "-utf8",
                "-multivalue-rdn",
                "-subj",
                subject);
        String theirs = RealTool.run(directory, "openssl", "x509", "-in", "cert.pem", "-noout", "-subject_hash");
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(directory.resolve("cert.pem"))));
        assertThat(SubjectHash.of(certificate.getSubjectX500Principal())).isEqualTo(theirs.strip());
    }
}
