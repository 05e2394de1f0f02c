/** OTLP by the OpenTelemetry SDK. It lies in a JAR of its own within gert's: see {@link dev.gert.nested}. */
@NullMarked
package dev.gert.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
