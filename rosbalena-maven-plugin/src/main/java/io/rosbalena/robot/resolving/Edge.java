package io.rosbalena.robot.resolving;

/**
 * That one thing asks for another.
 *
 * @param reason the place where it says so, or the relation of its Debian control file
 */
record Edge(Node from, Node to, String reason) {}
