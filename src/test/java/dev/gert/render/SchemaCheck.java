package dev.gert.render;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** What a document's schema has against it: nothing, if it is a good one. */
public final class SchemaCheck {
    private static final Path SCHEMAS = Path.of("src/test/resources/schemas");

    private SchemaCheck() {}

    /** By the schema of SARIF 2.1.0, formats of URIs and dates included. */
    public static List<String> sarif(String log) {
        return Sarif.SCHEMA
                .validate(
                        log,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** By the schema that {@code gert schema coverage} prints. */
    public static List<String> coverage(String document) {
        return document("coverage", document);
    }

    /** By the schema that {@code gert schema KIND} prints. */
    public static List<String> document(String kind, String document) {
        try {
            String schema = Files.readString(Path.of("src/main/resources/dev/gert/schema", kind + ".json"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema, InputFormat.JSON)
                    .validate(document, InputFormat.JSON)
                    .stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** By the schema of JUnit's reports; a document that is not well-formed has that against it. */
    public static List<String> junit(String report) {
        try {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(SCHEMAS.resolve("junit.xsd").toFile())
                    .newValidator()
                    .validate(new StreamSource(new StringReader(report)));
            return List.of();
        } catch (SAXException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Sarif {
        static final Schema SCHEMA = read();

        private static Schema read() {
            try {
                return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                        .getSchema(Files.readString(SCHEMAS.resolve("sarif-2.1.0-rtm.5.json")), InputFormat.JSON);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
