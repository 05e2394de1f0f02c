/** Messages to people: {@code notify} of a project file. */
@NullMarked
package dev.gert.notify;

import org.jspecify.annotations.NullMarked;
