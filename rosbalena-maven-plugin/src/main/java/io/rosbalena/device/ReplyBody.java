package io.rosbalena.device;

import io.rosbalena.tree.BlockStream;
import java.io.IOException;
import java.io.InputStream;

/** The content of an answer, as its head says how long it is: RFC 9112 §6 and §7.1. */
final class ReplyBody extends BlockStream {
    private static final int LONGEST_LINE = 4096;

    private final InputStream in;
    private final Length kind;
    private long left;
    private boolean ended;

    private enum Length {
        KNOWN,
        CHUNKED,
        UNTIL_THE_END
    }

    private ReplyBody(InputStream in, Length kind, long left) {
        this.in = in;
        this.kind = kind;
        this.left = left;
        this.ended = kind == Length.KNOWN && left == 0;
    }

    static ReplyBody of(ReplyHead head, InputStream in) throws IOException {
        if (head.status() == 204 || head.status() == 304) {
            return new ReplyBody(in, Length.KNOWN, 0);
        }
        if (head.field("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
            return new ReplyBody(in, Length.CHUNKED, 0);
        }
        if (head.field("content-length").isPresent()) {
            return new ReplyBody(
                    in, Length.KNOWN, number(head.field("content-length").get(), 10));
        }
        return new ReplyBody(in, Length.UNTIL_THE_END, Long.MAX_VALUE);
    }

    private static long number(String text, int radix) throws IOException {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as what is negative.
        }
        throw DeviceException.garbage("a length that is no number");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ended && kind == Length.CHUNKED && left == 0) {
            chunk();
        }
        if (ended) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, left));
        if (read < 0) {
            if (kind == Length.UNTIL_THE_END) {
                ended = true;
                return -1;
            }
            throw new DeviceException(DeviceException.Kind.SILENT, "the connection broke off", null);
        }
        left -= read;
        if (kind == Length.KNOWN && left == 0) {
            ended = true;
        } else if (kind == Length.CHUNKED && left == 0) {
            ReplyHead.line(in, LONGEST_LINE);
        }
        return read;
    }

    private void chunk() throws IOException {
        String line = ReplyHead.line(in, LONGEST_LINE);
        int semicolon = line.indexOf(';');
        left = number((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
        if (left == 0) {
            // Trailers, which nobody of ours sends, and the empty line behind them.
            while (!ReplyHead.line(in, LONGEST_LINE).isEmpty()) {}
            ended = true;
        }
    }
}
