/** The live page of a run, on 127.0.0.1. */
@NullMarked
package dev.gert.web;

import org.jspecify.annotations.NullMarked;
