package dev.gert.fault;

import dev.gert.engine.EngineFixture;
import dev.gert.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The runs that everything is tried on. Commands get the step's token as their last word and hand it to the log. */
record Golden(String name, Plan plan) {
    private static final String POLICY = """
            apiVersion: governance/v0
            read_commands: ["look*"]
            require_approval_for:
              - {pattern: "ask*", min_approvers: 1}
            """;
    private static final Map<String, String> OTHERS = Map.of(
            "child", """
            apiVersion: runbook/v0
            meta: {name: child, inputs: {host: {from: prompt}}}
            steps:
              - {id: inner, type: cli, with: {argv: [change, "{{ .host }}", "{{ .idempotency_token }}"]}, finally: [{step: {id: swept, type: cli, with: {argv: [change, "{{ .idempotency_token }}"]}}}]}
            """,
            "last", """
            apiVersion: runbook/v0
            meta: {name: last, inputs: {host: {from: prompt}}}
            steps:
              - {id: final, type: cli, with: {argv: [change, "{{ .host }}", "{{ .idempotency_token }}"]}, outcomes: [{state: resolved}]}
            """);
    private static final String CHANGE = "with: {argv: [change, \"{{ .idempotency_token }}\"]}";
    private static final String LOOK = "effect: read, with: {argv: [look, \"{{ .idempotency_token }}\"]}";

    static List<Golden> all() {
        Map<String, String> trees = new LinkedHashMap<>();
        trees.put("plain", """
              - step: {id: see, type: cli, LOOK, capture: {v: stdout}}
              - step: {id: one, type: cli, CHANGE}
              - step: {id: two, type: cli, effect: idempotent, CHANGE}
              - step: {id: three, type: cli, CHANGE, outcomes: [{state: resolved}]}
            """);
        trees.put("branches", """
              - step: {id: see, type: cli, LOOK, capture: {v: stdout}, finally: [{step: {id: clean, type: cli, CHANGE}}]}
                branches:
                  - condition: 'v == "no"'
                    label: No
                    steps: [{step: {id: never, type: cli, CHANGE}}]
                  - condition: 'v == "yes"'
                    label: Yes
                    steps:
                      - step: {id: one, type: cli, CHANGE}
                        branches:
                          - {condition: 'v == "yes"', label: Deeper, steps: [{step: {id: two, type: cli, CHANGE, outcomes: [{state: no_action}]}}]}
              - step: {id: unreached, type: cli, CHANGE}
            """);
        trees.put("chain", """
              - step: {id: one, type: cli, CHANGE, outcomes: [{state: escalated, next_runbook: {file: last, inputs: {host: a}}}]}
            """);
        trees.put("iterate", """
              - iterate:
                  over: "{{ .all }}"
                  as: it
                  steps:
                    - step: {id: turn, type: cli, with: {argv: [change, "{{ .it }}", "{{ .idempotency_token }}"]}}
                    - step: {id: check, type: cli, LOOK, capture: {v: stdout}}
              - step: {id: end, type: cli, CHANGE, outcomes: [{state: resolved}]}
            """);
        trees.put("parallel", """
              - parallel:
                  branches:
                    - steps: [{step: {id: left, type: cli, CHANGE}}, {step: {id: left2, type: cli, CHANGE}}]
                    - steps: [{step: {id: right, type: cli, effect: idempotent, CHANGE}}, {step: {id: right2, type: cli, CHANGE}}]
              - step: {id: end, type: cli, CHANGE}
            """);
        trees.put("invoke", """
              - step: {id: call, type: invoke, invoke: {runbook: child, inputs: {host: b}}, capture: {host: host}}
              - step: {id: end, type: cli, CHANGE, outcomes: [{state: resolved}]}
            """);
        trees.put("approvals", """
              - step: {id: first, type: cli, approvals: {min: 1}, with: {argv: [ask_one, "{{ .idempotency_token }}"]}}
              - step: {id: second, type: cli, approvals: {min: 1}, with: {argv: [ask_two, "{{ .idempotency_token }}"]}, outcomes: [{state: resolved}]}
            """);
        trees.put("manual", """
              - step:
                  id: person
                  type: manual
                  instructions: Look
                  required_evidence: [{kind: text, name: seen}, {kind: attachment, name: picture}]
                  choices: {variable: cause, prompt: Which, options: [{value: a, label: A}, {value: b, label: B}]}
              - step: {id: one, type: cli, CHANGE, when: 'cause == "b"', outcomes: [{state: resolved}]}
            """);
        trees.put("failing", """
              - step: {id: one, type: cli, CHANGE, finally: [{step: {id: clean, type: cli, CHANGE}}]}
                branches:
                  - {condition: 'true', label: Always, steps: [{step: {id: fails, type: cli, CHANGE}}]}
              - step: {id: unreached, type: cli, CHANGE}
            """);
        trees.put("timeout", """
              - step: {id: one, type: cli, CHANGE, finally: [{step: {id: clean, type: cli, CHANGE}}]}
              - step: {id: late, type: cli, effect: idempotent, CHANGE}
            """);
        trees.put("retry", """
              - step: {id: flaky, type: cli, effect: idempotent, retry: {attempts: 3, delay: 1s}, CHANGE}
              - step: {id: end, type: cli, CHANGE, outcomes: [{state: resolved}]}
            """);
        trees.put("output", """
              - step: {id: big, type: cli, CHANGE}
              - step: {id: end, type: cli, CHANGE, outcomes: [{state: resolved}]}
            """);
        trees.put("everything", """
              - step: {id: see, type: cli, LOOK, capture: {v: stdout}, finally: [{step: {id: clean, type: cli, CHANGE}}]}
                branches:
                  - condition: 'v == "yes"'
                    label: Yes
                    steps:
                      - iterate:
                          over: "{{ .all }}"
                          as: it
                          steps:
                            - step: {id: turn, type: cli, CHANGE}
                            - step: {id: flaky, type: cli, effect: idempotent, retry: {attempts: 3, delay: 1s}, CHANGE}
                      - step: {id: sure, type: cli, approvals: {min: 1}, with: {argv: [ask, "{{ .idempotency_token }}"]}}
                      - step: {id: call, type: invoke, invoke: {runbook: child, inputs: {host: b}}, capture: {host: host}}
                      - step: {id: end, type: cli, CHANGE, outcomes: [{state: escalated, next_runbook: {file: last, inputs: {host: "{{ .host }}"}}}]}
            """);
        return trees.entrySet().stream()
                .map(tree -> new Golden(
                        tree.getKey(),
                        EngineFixture.of(
                                        "apiVersion: runbook/v0\nmeta: {name: x, vars: {all: \"1,2,3,4\"}}\ntree:\n"
                                                + tree.getValue()
                                                        .replace("CHANGE", CHANGE)
                                                        .replace("LOOK", LOOK),
                                        POLICY,
                                        OTHERS,
                                        false)
                                .plan))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
