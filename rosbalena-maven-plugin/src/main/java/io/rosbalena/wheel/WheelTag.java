package io.rosbalena.wheel;

/**
 * What a wheel runs on (PEP 425).
 *
 * @param python for example {@code cp311} or {@code py3}
 * @param abi for example {@code cp311}, {@code abi3} or {@code none}
 * @param platform for example {@code manylinux_2_17_x86_64} or {@code any}
 */
public record WheelTag(String python, String abi, String platform) {
    @Override
    public String toString() {
        return python + "-" + abi + "-" + platform;
    }
}
