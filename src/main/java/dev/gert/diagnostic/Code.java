package dev.gert.diagnostic;

/**
 * Every diagnostic's stable code (formats.md): a letter and three digits, never reused. {@code Y}
 * shape, {@code R} references, {@code T} templates and conditions, {@code P} policy, {@code S}
 * scenarios and tests, {@code C} coverage, {@code E} engine, {@code J} journal.
 */
public enum Code {
    Y101("not valid YAML"),
    Y102("the file is over 1 MiB"),
    Y103("nested too deep"),
    Y104("unknown key"),
    Y105("duplicate key"),
    Y106("wrong type"),
    Y107("a required key is missing"),
    Y108("tags are not allowed"),
    Y109("anchors and aliases are not allowed here, or too many of them"),
    Y110("merge keys are not allowed"),
    Y111("a second document"),
    Y112("not valid UTF-8, or a character that text files don't hold"),
    Y113("not one of the values allowed here"),
    Y114("not a number, duration or time"),
    Y115("the document is empty"),
    Y116("keys that exclude each other"),
    Y118("a key that does not apply to this kind of step"),
    Y119("the value may not be empty"),
    Y120("directives are not allowed"),
    Y121("accepted, and without effect"),
    Y130("not a usable path or address"),
    R201("duplicate step id"),
    R202("not a valid id"),
    R203("a name that nothing declares"),
    R204("a file that is not there or can't be read"),
    R205("one name declared twice"),
    R206("an input has no value"),
    R207("an input's value does not match its pattern"),
    R208("a retry of what may not be made twice"),
    R209("a choice or checklist that names a thing twice"),
    R210("arms that run side by side and share a name"),
    R211("a step in `finally` that ends the run"),
    R212("a runbook that leads back to itself, or too deep"),
    R213("an import, tool or action that nothing declares"),
    R214("an input or argument that the other side does not have"),
    R215("a name that may have no value here"),
    R216("what no run can reach"),
    R217("no arm may match"),
    R218("a step that this version can't run"),
    R219("a query with a time of its own"),
    R220("an argument that nothing reads"),
    R221("an optional argument that is read without a default"),
    R222("declared and never used"),
    T301("broken template"),
    T302("broken condition"),
    T303("unknown function or wrong arguments"),
    T304("a template that may not stand here"),
    T305("not a regular expression"),
    T306("not a capture source"),
    T307("a redaction rule that reads every line slowly"),
    P001("denied by policy"),
    P003("not a valid command pattern"),
    P004("`effect: read` is not believed"),
    P006("the runbook's redaction leaves out a rule of the repository"),
    P007("the policy file is broken"),
    P008("an environment variable that a runbook may not set"),
    P009("the policy can't decide before the run"),
    P010("a manual step without the evidence that policy requires"),
    P011("a blast radius over the one that policy allows"),
    P012("a roster or exchange that is not the outermost policy's"),
    P013("an approval that nobody can give"),
    P014("a role that no rule names"),
    P015("an elevation that lasts longer than policy allows"),
    P016("a step under an approval rule that does not say so"),
    P020("a name that a roster may not hold"),
    P021("one name, user or key twice in a roster"),
    P022("not a usable SSH key"),
    P023("policies can't be read from that ref"),
    S001("an expectation that did not hold"),
    S002("no recording"),
    S003("a step, label or variable that the runbook does not have"),
    S004("a test that asserts nothing"),
    S005("no runbook for the test or scenario"),
    S006("nothing found to check"),
    S007("a recording that was never used"),
    S008("two tests of one name"),
    S009("a condition that asked for a name without a value"),
    S010("a recorded answer that is not JSON"),
    S011("recorded times that can't be moved"),
    C001("coverage below the threshold"),
    C002("a report that can't be written"),
    C003("coverage below that of before"),
    C004("a baseline that can't be compared with"),
    E001("the run stopped with an error"),
    E002("the command line can't be meant");

    private final String title;

    Code(String title) {
        this.title = title;
    }

    /** What the code is about, in a few words. */
    public String title() {
        return title;
    }
}
