package dev.gert.yaml;

import java.io.StringReader;
import java.util.Arrays;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Feeds the scanner from a text that is in memory as a whole. The stock reader copies its window
 * again for every 1 KiB of a long token and counts marks in code points; here a mark's index is an
 * offset in UTF-16 units, as everywhere in gert. The text holds no NUL: it is the scanner's end mark.
 */
final class CodePointReader extends StreamReader {
    private final String text;
    private final int[] points;
    private final boolean direct;
    private int pointer;
    private int offset;
    private int documentStart;
    private int line;
    private int column;

    CodePointReader(String text) {
        super(new StringReader(""));
        this.text = text;
        int[] found = new int[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); count++) {
            int point = text.codePointAt(i);
            found[count] = point;
            i += point < 0x10000 ? 1 : 2;
        }
        this.points = count == found.length ? found : Arrays.copyOf(found, count);
        this.direct = count == text.length();
    }

    @Override
    public int peek() {
        return pointer < points.length ? points[pointer] : 0;
    }

    @Override
    public int peek(int ahead) {
        int at = pointer + ahead;
        return at < points.length ? points[at] : 0;
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        int end = Math.min(points.length, pointer + length);
        while (pointer < end) {
            int c = points[pointer++];
            offset += c < 0x10000 ? 1 : 2;
            if (c == '\n' || (c == '\r' && peek() != '\n')) {
                line++;
                column = 0;
            } else {
                column++;
            }
        }
    }

    @Override
    public String prefix(int length) {
        int end = Math.min(points.length, pointer + length);
        return direct ? text.substring(pointer, end) : new String(points, pointer, end - pointer);
    }

    /** The next characters, none of them a line end, which are passed over. */
    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        pointer = Math.min(points.length, pointer + length);
        offset += prefix.length();
        column += length;
        return prefix;
    }

    @Override
    public Mark getMark() {
        return new Mark("", offset, line, column, points, pointer);
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getLine() {
        return line;
    }

    @Override
    public int getIndex() {
        return offset;
    }

    @Override
    public int getDocumentIndex() {
        return offset - documentStart;
    }

    @Override
    public void resetDocumentIndex() {
        documentStart = offset;
    }
}
