package dev.gert.journal;

/**
 * What a machine that lost its power can leave of a record that was not on disk yet: the file is as long
 * as it was to be, or shorter, and some of its blocks were never written. Those read as zeros, which no
 * record holds.
 */
final class TornBlocks {
    private static final int BLOCK = 512;

    private TornBlocks() {}

    /**
     * Whether whole blocks are missing in what begins with {@code from}, at {@code offset} of the file, and
     * ends with the file. A single byte that became a zero is no missing block.
     */
    static boolean explain(byte[] bytes, int from, int to, long offset) {
        boolean missing = false;
        int i = from;
        while (i < to) {
            byte b = bytes[i];
            if (b >= 0 && b < ' ' && b != 0 && !(b == '\n' && i == to - 1)) {
                return false;
            }
            int zeros = i;
            while (zeros < to && bytes[zeros] == 0) {
                zeros++;
            }
            if (zeros > i) {
                boolean begins = i == from || (offset + (i - from)) % BLOCK == 0;
                boolean ends = zeros == to || (offset + (zeros - from)) % BLOCK == 0;
                if (!begins || !ends) {
                    return false;
                }
                missing = true;
                i = zeros;
            } else {
                i++;
            }
        }
        return missing;
    }
}
