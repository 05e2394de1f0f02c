package dev.gert.projection;

/**
 * What came of one thing that a runbook declares.
 *
 * @param address as formats.md, section 1, without the numbers of iterations; of an outcome, its step's
 * @param kind {@code step}, {@code precondition}, {@code branch}, {@code outcome}, {@code iterate}, {@code parallel},
 *     {@code arm}, {@code finally}, {@code gate}
 * @param name what people call it: an id, a label
 * @param state {@code ran}, {@code failed}, {@code skipped}, {@code blocked}, {@code waiting}, {@code not_reached}
 * @param because why, where it did not simply run
 * @param depth how deep it stands in the runbook, from 0
 * @param place file and line of it
 */
public record AuditItem(
        String address, String kind, String name, String state, String because, int depth, String place) {}
