package dev.gert.cli;

/** Which gert this is. */
final class Version {
    private Version() {}

    /** The version in the JAR's manifest, which the build writes; {@code development} where classes run unpacked. */
    static String current() {
        String packed = Version.class.getPackage().getImplementationVersion();
        return packed == null ? "development" : packed;
    }
}
