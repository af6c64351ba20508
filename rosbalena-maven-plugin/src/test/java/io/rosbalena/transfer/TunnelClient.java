package io.rosbalena.transfer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Reads an address through a proxy and prints what it got: {@code TunnelClient CA-FILE PROXY ADDRESS}. */
public final class TunnelClient {
    private TunnelClient() {}

    public static void main(String[] arguments) throws IOException {
        TransferSettings settings = TransferSettings.standard()
                .withCaFile(Path.of(arguments[0]))
                .withProxies(EnvironmentProxies.read(Map.of("https_proxy", arguments[1])));
        byte[] body = new HttpTransfer(settings).read(URI.create(arguments[2]), 1000);
        System.out.write(body, 0, body.length);
        System.out.flush();
    }
}
