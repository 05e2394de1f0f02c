package dev.gert.yaml;

/** Ends the reading of a document: the parser gave up, or a problem was reported that is not worth reading on. */
final class UnusableDocumentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The problem is reported. */
    UnusableDocumentException() {
        super("the document is not read on", null, false, false);
    }

    /** The parser threw {@code fault}, which is to be reported. */
    UnusableDocumentException(Exception fault) {
        super("the parser gave up", fault, false, false);
    }
}
