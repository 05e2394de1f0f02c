package dev.gert.policy;

import java.math.BigInteger;
import java.util.Arrays;

/** Whether a public key's point is one: the curves of RFC 5656 (FIPS 186-4, D.1.2) and RFC 8032. */
final class SshCurves {
    private static final BigInteger TWO = BigInteger.valueOf(2);
    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final BigInteger P25519 = TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final int ED25519_BYTES = 32;

    /** A y of the points of order 8; those of order 1, 2 and 4 have 1, -1 and 0. */
    private static final BigInteger ORDER_8 =
            new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

    private SshCurves() {}

    /** The field's prime of a curve of RFC 5656, by its size in bits. */
    private static BigInteger prime(int bits) {
        return switch (bits) {
            case 256 ->
                TWO.pow(256)
                        .subtract(TWO.pow(224))
                        .add(TWO.pow(192))
                        .add(TWO.pow(96))
                        .subtract(BigInteger.ONE);
            case 384 ->
                TWO.pow(384)
                        .subtract(TWO.pow(128))
                        .subtract(TWO.pow(96))
                        .add(TWO.pow(32))
                        .subtract(BigInteger.ONE);
            default -> TWO.pow(521).subtract(BigInteger.ONE);
        };
    }

    private static BigInteger b(int bits) {
        return new BigInteger(
                switch (bits) {
                    case 256 -> "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b";
                    case 384 ->
                        "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d"
                                + "2a85c8edd3ec2aef";
                    default ->
                        "51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b"
                                + "1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00";
                },
                16);
    }

    /** Whether y² = x³ - 3x + b, in numbers below the prime; the cofactor is 1, so no more is to be asked. */
    static boolean holds(int bits, BigInteger x, BigInteger y) {
        BigInteger p = prime(bits);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger right = x.pow(3).subtract(x.multiply(THREE)).add(b(bits));
        return y.pow(2).subtract(right).mod(p).signum() == 0;
    }

    /**
     * Whether the 32 bytes are a point, written the one way, that has more than eight multiples: for the
     * others anybody can make signatures.
     */
    static boolean isEd25519(byte[] point) {
        if (point.length != ED25519_BYTES) {
            return false;
        }
        byte[] bigEndian = Arrays.copyOf(point, ED25519_BYTES);
        for (int i = 0; i < ED25519_BYTES; i++) {
            bigEndian[i] = point[ED25519_BYTES - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        if (y.compareTo(P25519) >= 0 || y.signum() == 0 || y.equals(BigInteger.ONE)) {
            return false;
        }
        if (y.equals(P25519.subtract(BigInteger.ONE)) || y.equals(ORDER_8) || y.equals(P25519.subtract(ORDER_8))) {
            return false;
        }
        BigInteger d = BigInteger.valueOf(-121_665)
                .multiply(BigInteger.valueOf(121_666).modInverse(P25519))
                .mod(P25519);
        BigInteger squared = y.pow(2).mod(P25519);
        BigInteger below = d.multiply(squared).add(BigInteger.ONE).mod(P25519);
        BigInteger xSquared = squared.subtract(BigInteger.ONE).multiply(below.modInverse(P25519));
        return xSquared.modPow(P25519.shiftRight(1), P25519).equals(BigInteger.ONE);
    }
}
