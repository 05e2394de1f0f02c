/** Tests of what values can do by themselves. */
@NullMarked
package dev.gert.model;

import org.jspecify.annotations.NullMarked;
