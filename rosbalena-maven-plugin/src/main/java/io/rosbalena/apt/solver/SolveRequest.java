package io.rosbalena.apt.solver;

import io.rosbalena.apt.Candidate;
import io.rosbalena.apt.DebianVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be installed on what.
 *
 * @param roots packages asked for, each {@code name} or {@code name=version}
 * @param base which packages are added that every system has
 * @param pins names whose version is fixed, from a lock
 * @param pinsGiveWay whether another version is taken where the one of a pin does not fit
 * @param installed what is there already and stays, at its version unless something needs a later one
 * @param recommends whether recommended packages come along
 * @param upgrades names of installed packages that are taken in the version that comes first
 * @param upgradesGiveWay whether one of them stays as it is where the later version does not fit
 */
public record SolveRequest(
        List<String> roots,
        Base base,
        Map<String, DebianVersion> pins,
        boolean pinsGiveWay,
        List<Candidate> installed,
        boolean recommends,
        Set<String> upgrades,
        boolean upgradesGiveWay) {

    /** The packages that every system has. */
    public enum Base {
        /** None: there is a base already. */
        NONE,
        /** Those with {@code Essential: yes}. */
        ESSENTIAL,
        /** Those and the ones of priority {@code required}, as debootstrap takes them. */
        REQUIRED
    }

    public SolveRequest {
        roots = List.copyOf(roots);
        pins = Map.copyOf(pins);
        installed = List.copyOf(installed);
        upgrades = Set.copyOf(upgrades);
    }

    /** These packages, on nothing, without recommended ones. */
    public static SolveRequest of(List<String> roots) {
        return new SolveRequest(roots, Base.NONE, Map.of(), false, List.of(), false, Set.of(), false);
    }

    public SolveRequest withBase(Base value) {
        return new SolveRequest(roots, value, pins, pinsGiveWay, installed, recommends, upgrades, upgradesGiveWay);
    }

    public SolveRequest withPins(Map<String, DebianVersion> value) {
        return new SolveRequest(roots, base, value, pinsGiveWay, installed, recommends, upgrades, upgradesGiveWay);
    }

    /** The same roots on the same system. */
    public SolveRequest withRoots(List<String> value) {
        return new SolveRequest(value, base, pins, pinsGiveWay, installed, recommends, upgrades, upgradesGiveWay);
    }

    public SolveRequest withPinsGivingWay(boolean value) {
        return new SolveRequest(roots, base, pins, value, installed, recommends, upgrades, upgradesGiveWay);
    }

    public SolveRequest withInstalled(List<Candidate> value) {
        return new SolveRequest(roots, base, pins, pinsGiveWay, value, recommends, upgrades, upgradesGiveWay);
    }

    public SolveRequest withRecommends(boolean value) {
        return new SolveRequest(roots, base, pins, pinsGiveWay, installed, value, upgrades, upgradesGiveWay);
    }

    /** The same with installed packages brought to later versions: all that go if they give way, else each or an error. */
    public SolveRequest withUpgrades(Set<String> names, boolean giveWay) {
        return new SolveRequest(roots, base, pins, pinsGiveWay, installed, recommends, names, giveWay);
    }
}
