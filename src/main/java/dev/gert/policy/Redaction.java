package dev.gert.policy;

import java.util.List;
import java.util.function.Supplier;

/**
 * What is taken out of all that a run and the runs that it leads to write or show: the rules of every
 * runbook that they came to, and every secret that they came to know. It only grows, so what one runbook's
 * policy takes out stays out of those around it (formats.md, "Redaction").
 */
public final class Redaction implements Supplier<Redactor> {
    private volatile Redactor redactor;

    public Redaction(Redactor first) {
        redactor = first;
    }

    /** Takes out what that policy does as well; gives this. */
    public synchronized Redaction with(Policy policy) {
        redactor = redactor.withRulesOf(policy.redactor());
        return this;
    }

    /** Takes these out in every form from now on. */
    public synchronized void hide(List<String> secrets) {
        redactor = redactor.withSecrets(secrets);
    }

    /** As it is now. */
    @Override
    public Redactor get() {
        return redactor;
    }
}
