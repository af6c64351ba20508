package io.rosbalena.transfer;

import io.rosbalena.finding.Finding;
import io.rosbalena.finding.FindingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The Java platform's certificate authorities and those of a PEM file together. */
final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /**
     * A TLS context that trusts both.
     *
     * @throws FindingException if the file is missing or holds no certificate
     */
    static SSLContext with(Path pem) {
        Collection<? extends Certificate> extra = read(pem);
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager x509) {
                    for (X509Certificate known : x509.getAcceptedIssuers()) {
                        all.setCertificateEntry("platform-" + number++, known);
                    }
                }
            }
            for (Certificate certificate : extra) {
                all.setCertificateEntry("extra-" + number++, certificate);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(all), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw FindingException.environment(
                    Finding.error("RB507", "the certificate authorities cannot be set up: " + e.getMessage())
                            .at(pem.toString()),
                    e);
        }
    }

    private static TrustManager[] managers(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return factory.getTrustManagers();
    }

    private static Collection<? extends Certificate> read(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw unreadable(pem, "it holds no certificate");
            }
            return certificates;
        } catch (IOException e) {
            throw unreadable(pem, "it cannot be read");
        } catch (CertificateException e) {
            throw unreadable(pem, "it holds something else than certificates");
        }
    }

    private static FindingException unreadable(Path pem, String why) {
        return FindingException.input(Finding.error("RB507", "the file of certificate authorities is of no use: " + why)
                .fix("let caFile name a PEM file with lines -----BEGIN CERTIFICATE-----")
                .at(pem.toString()));
    }
}
