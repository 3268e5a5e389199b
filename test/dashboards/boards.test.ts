import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AppServer, startApp } from "../http/support/app-server.ts";
import { openTestDatabase } from "../support/database.ts";
import { allBoards, panelsOf, prometheusBoards } from "../support/dashboards/boards.ts";
import { BOARD_RULES, ONLY_PROMETHEUS } from "../support/dashboards/lint/all.ts";
import type { Surroundings } from "../support/dashboards/lint/rule.ts";
import { surroundings } from "../support/dashboards/surroundings.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let around: Surroundings;
beforeAll(async () => {
  opened = await openTestDatabase();
  app = await startApp(opened.db);
  around = surroundings(app.routes);
});
afterAll(async () => {
  await app?.stop();
  await opened?.close();
});

const asksPrometheus = new Set(prometheusBoards().map(({ path }) => path));

describe.each(allBoards())("$path", ({ path, board }) => {
  const rules = Object.entries(BOARD_RULES).filter(
    ([name]) => asksPrometheus.has(path) || !ONLY_PROMETHEUS.has(name),
  );
  test.each(rules)("keeps the rule %s", (_name, rule) => {
    expect(rule(board, around)).toEqual([]);
  });
});

describe("the dashboards", () => {
  test("have a uid each", () => {
    const uids = allBoards().map(({ board }) => board.uid);
    expect(new Set(uids).size).toBe(uids.length);
  });

  test("ask the same in both languages, and say it in two", () => {
    const inEnglish = new Map(allBoards().map(({ path, board }) => [path, board]));
    for (const { path, board } of allBoards().filter(({ path }) => path.includes("/vi/"))) {
      const other = inEnglish.get(path.replace("/vi/", "/en/"));
      if (!other) throw new Error(`${path} has no English edition`);
      const asked = (each: typeof board) =>
        panelsOf(each).map(({ id, type, gridPos, targets = [] }) => ({
          id,
          type,
          gridPos,
          // Columns of SQL have their names in the query.
          exprs: targets.map(({ expr, refId }) => [refId, expr]),
        }));
      expect(asked(board)).toEqual(asked(other));
      const described = (each: typeof board) =>
        panelsOf(each).map(({ description }) => description);
      const equal = described(board).filter((text, index) => text === described(other)[index]);
      expect([path, equal]).toEqual([path, []]);
    }
  });
});
