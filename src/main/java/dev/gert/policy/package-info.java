/** What may run: layers and their meet, the frozen command and its views, redaction. */
@NullMarked
package dev.gert.policy;

import org.jspecify.annotations.NullMarked;
