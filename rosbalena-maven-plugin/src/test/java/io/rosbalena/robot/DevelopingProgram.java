package io.rosbalena.robot;

import io.rosbalena.finding.Finding;
import io.rosbalena.robot.desk.DevRequest;
import io.rosbalena.robot.desk.Developing;
import io.rosbalena.robot.surroundings.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The goal dev in a JVM of its own, which a test may end. */
final class DevelopingProgram {
    private DevelopingProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SmallRobot robot = DeskRobot.in(Path.of(arguments[0]));
        DevRequest request = new DevRequest(
                Optional.of("127.0.0.1"),
                new DevRequest.Ports(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])),
                Optional.empty(),
                false,
                false,
                true);
        Developing.dev(
                robot.robotProject(),
                request,
                robot.surroundings().with(new Printing()),
                Map.of("TOKEN", "s3cret"),
                System.out::println);
    }

    private static final class Printing implements Console {
        @Override
        public void stage(String name) {
            System.out.println(name);
        }

        @Override
        public void finding(Finding finding) {
            System.out.println(finding.print());
        }

        @Override
        public void message(String text) {
            System.out.println(text);
        }

        @Override
        public void expect(long bytes) {}

        @Override
        public void transferred(long bytes) {}
    }
}
