package io.rosbalena.apt.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * The number by which OpenSSL 1.0 and later finds a certificate in a directory ({@code openssl x509 -subject_hash}): the
 * first four bytes of the SHA-1 of the name in canonical form (X509_NAME_hash(3)), read little endian.
 */
final class SubjectHash {
    private SubjectHash() {}

    /** Eight lower-case hex digits. */
    static String of(X500Principal subject) {
        try {
            ByteArrayOutputStream canonical = new ByteArrayOutputStream();
            for (RDN part : X500Name.getInstance(subject.getEncoded()).getRDNs()) {
                ASN1EncodableVector values = new ASN1EncodableVector();
                for (AttributeTypeAndValue one : part.getTypesAndValues()) {
                    values.add(new DERSequence(new ASN1Encodable[] {one.getType(), canonical(one.getValue())}));
                }
                canonical.write(new DERSet(values).getEncoded(ASN1Encoding.DER));
            }
            byte[] sha = MessageDigest.getInstance("SHA-1").digest(canonical.toByteArray());
            return HexFormat.of().formatHex(new byte[] {sha[3], sha[2], sha[1], sha[0]});
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a name in memory", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** Texts as UTF-8, without blanks at the ends, one blank inside, ASCII letters small; other values as they are. */
    private static ASN1Encodable canonical(ASN1Encodable value) {
        if (!(value instanceof ASN1String string)) {
            return value;
        }
        String text =
                string.getString().replaceAll("[ \\t\\n\\x0B\\f\\r]+", " ").strip();
        StringBuilder small = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        c < 128 ? Character.toString(c).toLowerCase(Locale.ROOT).codePointAt(0) : c)
                .forEach(small::appendCodePoint);
        return new DERUTF8String(small.toString().getBytes(StandardCharsets.UTF_8).length == 0 ? "" : small.toString());
    }
}
