import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { RULE_GROUPS } from "../../dashboards/rules/all.ts";
import { type Alert, isAlert, ruleModel } from "../../dashboards/rules/rule.ts";
import { REGULAR_JOBS } from "../../dashboards/rules/service.ts";
import { generatedFiles } from "../../dashboards/generated-files.ts";
import { JOBS } from "../../jobs/index.ts";
import { createRunbooks } from "../../src/reports/runbooks.ts";

const ADDRESSES = { service: "https://watch.example", grafana: "https://grafana.example" };
const DOCS = new URL("../../docs/", import.meta.url);

const alerts = RULE_GROUPS.flatMap(({ rules }) => rules).filter(isAlert);
const names = alerts.map(({ alert }) => alert);

const annotationsOf = (alert: Alert) =>
  ruleModel(alert, ADDRESSES)["annotations"] as Record<string, string>;

test("every alert has a name of its own and a runbook, and every runbook an alert", async () => {
  expect(new Set(names).size).toBe(names.length);
  expect(await createRunbooks().alerts()).toEqual(names.toSorted());
});

test.each(names)("the runbook of %s says the same three things in both languages", async (name) => {
  const runbook = await createRunbooks().of(name);
  const headings = (text = "") => [...text.matchAll(/^### (.+)$/gmu)].map(([, words]) => words);
  expect(headings(runbook?.en)).toEqual(["What it means", "What to look at", "What to do"]);
  expect(headings(runbook?.vi)).toEqual(["Ý nghĩa", "Cần xem gì", "Phải làm gì"]);
});

test("links between runbooks and from the list of alerts lead somewhere", async () => {
  const folder = new URL("runbooks/", DOCS);
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), "utf8")));
  const list = await readFile(new URL("alerts.md", DOCS), "utf8");
  const linked = [...texts, list].flatMap((text) =>
    [...text.matchAll(/\]\((?:runbooks\/)?([A-Za-z0-9]+\.md)\)/g)].map(([, file]) => file),
  );
  expect(linked.filter((file) => !files.includes(file ?? ""))).toEqual([]);
  for (const name of names) expect(list).toContain(`| [${name}](runbooks/${name}.md) `);
});

describe("the links of an alert", () => {
  const boards = new Map(
    [...generatedFiles(ADDRESSES)]
      .filter(([path]) => path.endsWith(".json"))
      .map(([, text]) => {
        const { uid, templating } = JSON.parse(text) as {
          uid: string;
          templating: { list: readonly { name: string }[] };
        };
        return [uid, templating.list.map(({ name }) => name)] as const;
      }),
  );

  test.each(alerts.map((alert) => [alert.alert, alert] as const))(
    "of %s lead to its runbook and to a dashboard that has the variable",
    (name, alert) => {
      const { runbook_url: runbook, dashboard_url: dashboard = "" } = annotationsOf(alert);
      expect(runbook).toBe(`${ADDRESSES.service}/runbooks/${name}`);
      const { origin, pathname, searchParams } = new URL(dashboard);
      expect(origin).toBe(ADDRESSES.grafana);
      const variables = boards.get(pathname.slice("/d/".length));
      expect(variables).toBeDefined();
      for (const [variable] of searchParams) expect(variables).toContain(variable.slice(4));
    },
  );
});

test.each(alerts.map((alert) => [alert.alert, alert] as const))(
  "%s tells the same in both languages",
  (_name, alert) => {
    const { summary, summary_vi, description, description_vi } = annotationsOf(alert);
    for (const text of [summary, summary_vi, description, description_vi])
      expect(text).toMatch(/\.$/);
    expect(summary).not.toBe(summary_vi);
    const told = (text = "") => text.match(/\{\{.*?\}\}/g)?.toSorted();
    expect(told(description_vi)).toEqual(told(description));
  },
);

test("the alert about jobs knows every regular one", () => {
  expect([...REGULAR_JOBS].toSorted()).toEqual(JOBS.map(({ name }) => name).toSorted());
});
