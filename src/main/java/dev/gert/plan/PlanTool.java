package dev.gert.plan;

import dev.gert.model.ToolFile;

/** The action of a tool that a step uses. */
public record PlanTool(ToolFile file, ToolFile.Action action) {
    /** {@code name:action}, as rules of a policy call it (formats.md, section 3). */
    public String operation() {
        return file.name().text() + ":" + action.name();
    }
}
