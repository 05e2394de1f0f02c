/** Runs as OpenTelemetry's SDK sends them; the only package that knows it. */
@NullMarked
package dev.gert.telemetry;

import org.jspecify.annotations.NullMarked;
