package dev.gert.plan;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Runbook;
import java.util.Collection;

/** Arms and outcomes that no run can reach. */
final class ArmCheck {
    ArmCheck(Runbook runbook, Diagnostics diagnostics) {}

    void check(Collection<PlanNode> nodes) {}
}
