/** Where inputs come from: flags, the environment, defaults, a person. */
@NullMarked
package dev.gert.provider;

import org.jspecify.annotations.NullMarked;
