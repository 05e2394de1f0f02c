package dev.gert.cli;

/**
 * The JVM reads arguments in the locale's encoding, and what it can't read is lost before gert sees it.
 * The launcher gives it an encoding that holds everything; without the launcher such arguments are
 * refused rather than changed (design.md).
 */
final class Locality {
    private Locality() {}

    static void check(String[] args) {
        for (String arg : args) {
            if (!isAscii(arg) && !holdsEverything()) {
                throw new UsageException(
                        "an argument has characters that Java can't read in this locale",
                        "start `gert` by its launcher, or set LC_ALL=C.UTF-8");
            }
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsEverything() {
        return "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
    }
}
