package io.rosbalena.robot.desk;

import io.rosbalena.device.DeviceException;
import io.rosbalena.device.LogLine;
import io.rosbalena.device.LogStream;
import io.rosbalena.device.Supervisor;
import io.rosbalena.run.ServiceLog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The logs of a device in local mode, as long as somebody wants them: a connection that breaks is made again. */
final class DeskLogs {
    /** After so long without a line the device is asked whether it is still there. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Supervisor supervisor;
    private final Set<String> services;
    private final boolean system;
    private final ServiceLog log;

    /**
     * @param services whose lines are wanted; empty for all
     * @param system whether what the Supervisor says is wanted, too
     */
    DeskLogs(Supervisor supervisor, Set<String> services, boolean system, ServiceLog log) {
        this.supervisor = supervisor;
        this.services = Set.copyOf(services);
        this.system = system;
        this.log = log;
    }

    /**
     * Follows until the thread is interrupted.
     *
     * @param connected told once, when the first connection stands or has failed
     * @throws DeviceException if the device does not let anybody in
     */
    void follow(Runnable connected) throws IOException, InterruptedException {
        Duration pause = Duration.ofMillis(500);
        boolean lost = false;
        while (true) {
            try (LogStream stream = supervisor.logs(QUIET)) {
                connected.run();
                if (lost) {
                    log.event("device", "answers again; what was printed meanwhile is lost");
                }
                lost = false;
                pause = Duration.ofMillis(500);
                read(stream);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (DeviceException e) {
                // A Supervisor that starts answers 5xx for a while.
                if (e.kind() == DeviceException.Kind.LOCKED_OUT
                        || e.kind() == DeviceException.Kind.REFUSED && e.status() < 500) {
                    connected.run();
                    throw e;
                }
            }
            connected.run();
            if (!lost) {
                log.event("device", "does not answer any more; trying again until Ctrl-C");
                lost = true;
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Says that there are none yet. */
    void late() {
        log.event("device", "does not give its logs yet; they follow as soon as it does");
    }

    /** Reads until the device ends it. */
    private void read(LogStream stream) throws IOException {
        while (true) {
            Optional<LogLine> line;
            try {
                line = stream.next();
            } catch (SocketTimeoutException e) {
                supervisor.ping();
                continue;
            }
            if (line.isEmpty()) {
                return;
            }
            tell(line.get());
        }
    }

    private void tell(LogLine line) {
        String text = printable(line.text());
        if (line.service().isEmpty()) {
            if (system) {
                log.event("Supervisor:", text);
            }
            return;
        }
        String service = line.service().get();
        if (services.isEmpty() || services.contains(service)) {
            log.line(printable(service), text);
        }
    }

    /** A program of the device shall not move the cursor of this terminal. */
    static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t' || !Character.isISOControl(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(String.format("\\x%02x", c));
            }
        });
        return safe.toString();
    }
}
