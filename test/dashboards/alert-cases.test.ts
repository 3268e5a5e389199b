import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { allGroups } from "../support/dashboards/rules.ts";

const FOLDER = fileURLToPath(new URL("../../dashboards/prometheus/tests/", import.meta.url));

/** A file of promtool's rule tests, as far as alerts go. */
interface Cases {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly {
      readonly alertname: string;
      readonly exp_alerts?: readonly unknown[] | null;
    }[];
  }[];
}

/** Names of the alerts that are expected in some case, and of those that are expected not to be there in some case. */
function expected(): { firing: Set<string>; silent: Set<string> } {
  const firing = new Set<string>();
  const silent = new Set<string>();
  for (const name of readdirSync(FOLDER)) {
    const { tests } = parse(readFileSync(`${FOLDER}${name}`, "utf8")) as Cases;
    for (const { alertname, exp_alerts } of tests.flatMap((each) => each.alert_rule_test ?? []))
      ((exp_alerts?.length ?? 0) > 0 ? firing : silent).add(alertname);
  }
  return { firing, silent };
}

/** It always fires: that it stops is how its receiver learns that something broke. */
const NEVER_SILENT = "Watchdog";

test("promtool is shown every alert firing and not firing", () => {
  const alerts = allGroups().flatMap(({ rules }) => rules.flatMap(({ alert = [] }) => alert));
  const { firing, silent } = expected();
  expect(alerts.filter((name) => !firing.has(name))).toEqual([]);
  expect(alerts.filter((name) => !silent.has(name) && name !== NEVER_SILENT)).toEqual([]);
});
