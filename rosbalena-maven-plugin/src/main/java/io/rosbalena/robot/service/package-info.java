/** The images of services: layers, files, environment and command. */
@NullMarked
package io.rosbalena.robot.service;

import org.jspecify.annotations.NullMarked;
