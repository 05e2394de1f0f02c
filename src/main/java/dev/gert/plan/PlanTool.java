package dev.gert.plan;

import dev.gert.model.ToolFile;

/** The action of a tool that a step uses. */
public record PlanTool(ToolFile file, ToolFile.Action action) {}
