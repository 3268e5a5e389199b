import { describe, expect, test } from "vitest";
import { ruleFaults } from "../support/dashboards/pint/all.ts";
import { withRecorded } from "../support/dashboards/recorded.ts";
import { changed, SOME_SERIES, soundGroup } from "../support/dashboards/sound.ts";

/** All faults of the sound group with these changes, as `rule, check: what`. */
function faultsWith(changes: Readonly<Record<string, unknown>>): string[] {
  const groups = [changed(soundGroup(), changes)];
  return ruleFaults(groups, withRecorded(SOME_SERIES, groups));
}

test("sound rules have no fault", () => {
  expect(faultsWith({})).toEqual([]);
});

const EXPR = "rules.1.expr";
const TEXTS = "rules.1.annotations";

type Planted = readonly [what: string, fault: string, changes: Readonly<Record<string, unknown>>];

describe("a rule that never fires is caught:", () => {
  test.each<Planted>([
    [
      "a misspelt metric",
      "labels: there is no series portal_incidents_open",
      { [EXPR]: "portal_incidents_open > 0" },
    ],
    [
      "a label that no series has",
      "labels: portal_incident_open has no label type",
      { [EXPR]: 'portal_incident_open{type="down"}' },
    ],
    [
      "a value that no label has",
      'labels: portal_incident_open has no kind = "gone"',
      { [EXPR]: 'portal_incident_open{kind="gone"}' },
    ],
    [
      "sides that are never equal",
      "labels: and matches {instance, job, kind, portal, severity} with {agency,",
      { [EXPR]: "portal_incident_open and portal_info" },
    ],
    [
      "a label that was summed away",
      "labels: on portal, which one side does not have",
      { [EXPR]: "portal_incident_open and on (portal) count by (agency) (portal_info) > 3" },
    ],
    [
      "two values of one label",
      "impossible: portal_incident_open is selected by two values of kind",
      { [EXPR]: 'portal_incident_open{kind="down", kind!="down"}' },
    ],
    [
      "a number that is never there",
      "impossible: 1 == 0 is never true",
      { [EXPR]: "portal_info == 0" },
    ],
    [
      "a truth compared with more than 1",
      "impossible: a truth of 0 or 1 is never > 1",
      { [EXPR]: "(portal_state == bool 3) > 1" },
    ],
    [
      "two conditions that exclude each other",
      "impossible: nothing is > 3 and < 2",
      { [EXPR]: "portal_state > 3 and portal_state < 2" },
    ],
  ])("%s", (_what, fault, changes) => {
    expect(faultsWith(changes)).toContainEqual(expect.stringContaining(fault));
  });
});

describe("a rule that speaks wrongly is caught, and nothing else is said:", () => {
  test.each<Planted>([
    [
      "a template label that does not survive aggregation",
      "template: it speaks of instance, which its expression does not carry",
      { [EXPR]: 'max by (portal) (portal_incident_open{kind="down"}) > 0' },
    ],
    [
      "a label in the link that a join does not bring",
      "template: it speaks of agency, which",
      { [`${TEXTS}.dashboard_url`]: "https://g.example/d/x?var-agency={{ $labels.agency }}" },
    ],
    ["no condition", "comparison: it has no condition", { [EXPR]: "portal_state" }],
    [
      "a condition that always has a result",
      "comparison: it has no condition",
      { [EXPR]: "portal_state == bool 3" },
    ],
    [
      "absence without patience",
      "durations: absent without for",
      {
        [EXPR]: 'absent(portal_info{instance="a", portal="b"})',
        "rules.1.for": undefined,
      },
    ],
    ["a time that is none", 'durations: "soon" is no time', { "rules.1.for": "soon" }],
    ["a group that is evaluated rarely", "durations: evaluated each 10m", { interval: "10m" }],
    [
      "a rate over too little",
      "durations: a rate over 1m sees too few samples",
      { "rules.0.expr": "sum by (family) (rate(prober_results_total[1m]))" },
    ],
    [
      "a counter as it stands",
      "counters: prober_results_total is a counter",
      { "rules.0.expr": "sum by (family) (prober_results_total)" },
    ],
    [
      "a sum of quotients",
      "nan: sum of quotients",
      { "rules.0.expr": "sum by (portal) (portal_state / portal_state)" },
    ],
    [
      "an expression that is regular for nothing",
      'regexp: kind=~"down" needs no regular expression',
      { [EXPR]: 'portal_incident_open{kind=~"down"}' },
    ],
    [
      "a summary of one alert",
      "annotations: its summary is no fixed sentence",
      { [`${TEXTS}.summary`]: "{{ $labels.portal }} is down." },
    ],
    [
      "another alert's runbook",
      "annotations: its runbook is",
      { [`${TEXTS}.runbook_url`]: "https://hatangso.example/runbooks/PortalDegraded" },
    ],
    [
      "a value as a label",
      "annotations: a value is a label",
      { "rules.1.labels.value": "{{ $value }}" },
    ],
    [
      "a recorded name that says nothing",
      "names: its name is not level:metric:operation",
      { "rules.0.record": "portals_count" },
    ],
  ])("%s", (_what, fault, changes) => {
    const faults = faultsWith(changes);
    expect(faults).toContainEqual(expect.stringContaining(fault));
    // Texts may lose their labels by the same change.
    const others = faults.filter((each) => !each.includes(fault) && !each.includes("template:"));
    expect(others).toEqual([]);
  });

  test("a name twice", () => {
    const [, alert] = soundGroup().rules;
    expect(faultsWith({ "rules.2": alert })).toContain(
      "PortalDown, names: there are 2 of this name",
    );
  });
});
