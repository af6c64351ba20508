package io.rosbalena.compose;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a service may need of the device, as {@code x-rosbalena.hardware} names it. */
public enum HardwareWord {
    AUDIO("/dev/snd(/.*)?", "/dev/snd"),
    CAMERA("/dev/(video[0-9]+|v4l/.*)", "/dev/video0"),
    /** A network interface, no device. */
    CAN("(?!)", "can0"),
    GPIO("/dev/(gpio.*|mem)", "/dev/gpiochip0"),
    GPU("/dev/(dri|nvidia|nvhost|nvmap|mali|kfd).*", "/dev/dri"),
    I2C("/dev/i2c-[0-9]+", "/dev/i2c-1"),
    IMU_USB("/dev/(tty.*|serial/.*|hidraw[0-9]+|bus/usb.*)", "/dev/ttyUSB0"),
    SERIAL("/dev/(tty.*|serial/.*)", "/dev/ttyACM0"),
    SPI("/dev/spidev.*", "/dev/spidev0.0");

    private final Pattern devices;
    private final String example;

    HardwareWord(String devices, String example) {
        this.devices = Pattern.compile(devices);
        this.example = example;
    }

    /** As the manifest writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A device of the kind, as an example. */
    public String example() {
        return example;
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(HardwareWord::word).toList();
    }

    /** What a word of the manifest means; empty if it is none. */
    public static Optional<HardwareWord> find(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** Whether a device of the host is of this kind. */
    public boolean isOne(String device) {
        return devices.matcher(device).matches();
    }
}
