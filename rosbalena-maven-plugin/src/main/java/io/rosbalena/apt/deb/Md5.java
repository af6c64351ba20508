package io.rosbalena.apt.deb;

import io.rosbalena.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The MD5 sums in dpkg's database, with which {@code dpkg --verify} and changed conffiles are found. Never for trust. */
public final class Md5 {
    private Md5() {}

    /** 32 lower-case hex digits. */
    public static String of(Content content) throws IOException {
        try (InputStream in = content.open()) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[1 << 13];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                md5.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
