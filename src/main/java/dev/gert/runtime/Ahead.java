package dev.gert.runtime;

import dev.gert.engine.EngineEffect;
import dev.gert.engine.RunState;

/** An effect that a run of the folder is to have next. */
record Ahead(String run, RunState state, RunParts.Parts parts, EngineEffect effect) {}
