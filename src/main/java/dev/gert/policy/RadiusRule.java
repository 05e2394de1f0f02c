package dev.gert.policy;

import dev.gert.model.BlastRadius;

/** An entry of {@code blast_radius}: how far what the pattern meets can reach (formats.md, section 3). */
record RadiusRule(CommandPattern pattern, BlastRadius radius) {}
