import { describe, expect, test } from "vitest";
import { PROVINCE } from "../../dashboards/kit/variables.ts";
import { type BoardJson, panelsOf, prometheusBoards } from "../support/dashboards/boards.ts";

function board(name: string): BoardJson {
  const found = prometheusBoards().find(({ path }) => path.endsWith(`/en/${name}.json`));
  if (!found) throw new Error(`there is no dashboard ${name}`);
  return found.board;
}

/** Number, kind and title of the panels: what a reader recognises from one dashboard to the next. */
function shapeOf(name: string): string[] {
  return panelsOf(board(name)).map(({ id, type, title }) => `${id} ${type} ${title}`);
}

/** What only the country, a province or an agency has. */
const OWN = new Set([
  "8 table Open common causes",
  "11 stat Availability",
  "11 table Coverage against target",
  "12 table Portals",
  "12 table Provinces",
]);

describe("the dashboards of a province and of an agency", () => {
  test.each(["province", "agency"])("%s shows what the overview shows, and its portals", (name) => {
    const shared = shapeOf(name).filter((panel) => !OWN.has(panel));
    expect(shapeOf("overview")).toEqual(expect.arrayContaining(shared));
    expect(shared.length).toBeGreaterThanOrEqual(9);
    expect(shapeOf(name)).toContain("12 table Portals");
  });

  test.each([
    ["province", 'province="$province"'],
    ["agency", 'agency="$agency"'],
  ])("%s asks of nothing but the chosen one", (name, matcher) => {
    const unbound = panelsOf(board(name)).flatMap(({ id, targets = [] }) =>
      targets
        .map(({ expr = "" }) => expr)
        .filter((expr) => /\b(?:agency|province):|portal_|probe_/.test(expr))
        .filter((expr) => !expr.includes(matcher))
        .map((expr) => `panel ${id}: ${expr}`),
    );
    expect(unbound).toEqual([]);
  });
});

describe("what an operator opens first", () => {
  test.each(["overview", "province", "agency"])(
    "%s draws lines from recorded series alone: thousands of portals are not counted at every step",
    (name) => {
      const raw = panelsOf(board(name)).flatMap(({ id, targets = [] }) =>
        targets
          .filter(({ range, expr = "" }) => range === true && /\b(?:probe|portal)_\w/.test(expr))
          .map(({ expr }) => `panel ${id}: ${expr}`),
      );
      expect(raw.filter((each) => !/(?:agency|national|province|family):/.test(each))).toEqual([]);
    },
  );

  test("chooses a province by its name and asks by its code", () => {
    const line =
      'coverage_unit_info{instance="127.0.0.1:8080", job="hatangso-coverage", level="province", name="Thành phố Hà Nội", province="01", unit="01"} 1 1795386989607';
    const [, pattern = ""] = /^\/(.*)\/$/.exec(PROVINCE.regex ?? "") ?? [];
    expect({ ...new RegExp(pattern).exec(line)?.groups }).toEqual({
      text: "Thành phố Hà Nội",
      value: "01",
    });
  });
});
