package io.rosbalena.device;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Where a server listens that speaks plain HTTP: at a port of a device, or at a socket of this machine.
 *
 * @param address to connect to
 * @param host what requests name as the host
 */
public record Endpoint(SocketAddress address, String host) {

    /** A port of a device, whose name is already resolved. */
    public static Endpoint of(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return new Endpoint(address, (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort());
    }

    /** A socket in the file system of this machine. */
    public static Endpoint of(Path socket) {
        // What stands here means nothing, but engines refuse requests without a host (RFC 9112 §3.2).
        return new Endpoint(UnixDomainSocketAddress.of(socket), "localhost");
    }

    SocketChannel open() throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    @Override
    public String toString() {
        return address instanceof UnixDomainSocketAddress unix ? unix.getPath().toString() : host;
    }
}
