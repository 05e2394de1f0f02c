/** A runbook and its policy as an addressable tree with static findings, branches and outcomes. */
@NullMarked
package dev.gert.plan;

import org.jspecify.annotations.NullMarked;
