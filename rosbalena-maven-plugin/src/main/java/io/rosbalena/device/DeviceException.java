package io.rosbalena.device;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a device, or an engine of this machine, does not do. */
public final class DeviceException extends IOException {
    /** What is wrong. */
    public enum Kind {
        /** Nobody listens, or the network does not lead there. */
        UNREACHABLE,
        /** It does not answer in time, or breaks off. */
        SILENT,
        /** It answers with something else than the protocol has. */
        GARBAGE,
        /** It wants a key, so it is not in local mode. */
        LOCKED_OUT,
        /** It says no, and why. */
        REFUSED
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int status;

    DeviceException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = 0;
    }

    private DeviceException(Kind kind, int status, String message) {
        super(message);
        this.kind = kind;
        this.status = status;
    }

    static DeviceException garbage(String message) {
        return new DeviceException(Kind.GARBAGE, 0, message);
    }

    /**
     * An answer with another status than was hoped for.
     *
     * @param reason what the server says about it
     */
    static DeviceException refused(int status, String reason) {
        return new DeviceException(status == 401 ? Kind.LOCKED_OUT : Kind.REFUSED, status, reason);
    }

    public Kind kind() {
        return kind;
    }

    /** The status of HTTP; 0 where none came. */
    public int status() {
        return status;
    }
}
