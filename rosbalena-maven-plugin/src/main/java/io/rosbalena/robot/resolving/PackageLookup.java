package io.rosbalena.robot.resolving;

import io.rosbalena.apt.Candidate;
import io.rosbalena.lock.LockedPackage;
import io.rosbalena.lock.LockedPlatform;
import io.rosbalena.lock.LockedWheel;
import io.rosbalena.robot.base.Base;
import io.rosbalena.wheel.Requirement;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Tells which version of a package the images of a platform hold. Looks into the base only for what the lock lacks. */
final class PackageLookup {
    private final Map<String, LockedPackage> debs = new HashMap<>();
    private final Map<String, LockedWheel> wheels = new HashMap<>();
    private final Base base;
    private Optional<Map<String, String>> installed = Optional.empty();

    PackageLookup(LockedPlatform locked, Base base) {
        locked.packages().forEach(one -> debs.put(one.name(), one));
        locked.installedWheels().forEach(one -> wheels.put(one.name(), one));
        this.base = base;
    }

    /**
     * A package that a rule or the manifest names.
     *
     * @param asked its name, which may have a version or an architecture behind it
     */
    SystemPackage find(String asked, String installer) throws IOException {
        if (installer.equals("pip")) {
            return wheel(asked);
        }
        String name = name(asked);
        LockedPackage deb = debs.get(name);
        if (deb != null) {
            return deb(name, Optional.of(deb.version()), deb.size(), SystemPackage.From.LOCK);
        }
        Optional<String> there = Optional.ofNullable(installed().get(name));
        return deb(name, there, 0, there.isPresent() ? SystemPackage.From.BASE : SystemPackage.From.PROVIDED);
    }

    private static SystemPackage deb(String name, Optional<String> version, long size, SystemPackage.From from) {
        return new SystemPackage(name, new TreeSet<>(), "apt", version, size, from);
    }

    /** What the lock was made with can be read. */
    private SystemPackage wheel(String asked) {
        Optional<Requirement> requirement = Requirement.parse(asked);
        String name = requirement.map(Requirement::name).orElse(asked);
        Optional<LockedWheel> wheel = Optional.ofNullable(wheels.get(name));
        return new SystemPackage(
                name,
                requirement.map(Requirement::extras).orElseGet(TreeSet::new),
                "pip",
                wheel.map(LockedWheel::version),
                wheel.map(LockedWheel::size).orElse(0L),
                wheel.isPresent() ? SystemPackage.From.LOCK : SystemPackage.From.PROVIDED);
    }

    /** The name alone of what a rule or the manifest asks for. */
    static String name(String asked) {
        return asked.replaceFirst("[:=].*", "");
    }

    private Map<String, String> installed() throws IOException {
        if (installed.isEmpty()) {
            Map<String, String> versions = new HashMap<>();
            for (Candidate one : base.installed()) {
                versions.put(one.name(), one.version().toString());
            }
            installed = Optional.of(versions);
        }
        return installed.get();
    }
}
