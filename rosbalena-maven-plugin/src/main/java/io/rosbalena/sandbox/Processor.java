package io.rosbalena.sandbox;

/**
 * A kind of processor, whose programs another one runs by an emulator alone.
 *
 * @param name what {@code uname -m} says on it, and qemu-user calls it: {@code aarch64}
 * @param machine {@code e_machine} of its programs, elf(5)
 */
public record Processor(String name, int machine) {}
