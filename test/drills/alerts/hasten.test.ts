import { expect, test } from "vitest";
import { parse } from "yaml";
import { generatedFiles } from "../../../dashboards/generated-files.ts";
import { ADDRESSES } from "../../support/dashboards/boards.ts";
import { hastened } from "./hasten.ts";

test("every time that something waits is divided by the factor", () => {
  const rule = { alert: "A", for: "5m", keep_firing_for: "1h30m" };
  expect(hastened({ groups: [{ interval: "1m", rules: [rule] }] }, 30)).toEqual({
    groups: [
      {
        interval: "2000ms",
        rules: [{ alert: "A", for: "10000ms", keep_firing_for: "180000ms" }],
      },
    ],
  });
});

test("windows, steps of subqueries and offsets of an expression are divided too, and nothing else of it", () => {
  const expr = 'rate(a{b="5m"}[5m]) > 300 and max_over_time(c[1d:1m] offset 1h) < 2';
  expect(hastened({ expr }, 60)).toEqual({
    expr: 'rate(a{b="5m"}[5000ms]) > 300 and max_over_time(c[1440000ms:1000ms] offset 60000ms) < 2',
  });
});

test("the hours at which routes speak are left out, so that a drill does not depend on when it runs", () => {
  const route = { receiver: "tickets", active_time_intervals: ["office-hours"], group_wait: "30s" };
  expect(hastened({ route }, 30)).toEqual({ route: { receiver: "tickets", group_wait: "1000ms" } });
});

test("labels, annotations and names of our rules stay as they are", () => {
  const files = [...generatedFiles(ADDRESSES)].filter(([path]) => path.endsWith(".yml"));
  const said = (model: { groups: { rules: { labels?: object; annotations?: object }[] }[] }) =>
    model.groups.flatMap(({ rules }) =>
      rules.map(({ labels, annotations }) => [labels, annotations]),
    );
  for (const [, text] of files) {
    expect(said(hastened(parse(text), 30))).toEqual(said(parse(text)));
  }
  expect(files.length).toBeGreaterThan(0);
});
