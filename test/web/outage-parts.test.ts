import { describe, expect, test } from "vitest";
import { readWindow } from "../../src/http/outage-pages/window-input.ts";
import { durationText } from "../../src/web/duration-text.ts";
import { openText, type ShownIncident } from "../../src/web/incidents/incident-table.ts";
import { causeText, kindText } from "../../src/web/incidents/marks.ts";
import { slugText } from "../../src/web/incidents/timeline-words.ts";
import type { WindowValues } from "../../src/web/maintenance/form.ts";
import { ruleText } from "../../src/web/maintenance/rule-text.ts";
import { MAINTENANCE_WORDS } from "../../src/web/maintenance/words.ts";
import { sameStates } from "../../src/web/portal-times/strip-section.ts";

test.each([
  [0, "0 s", "0 giây"],
  [59, "59 s", "59 giây"],
  [7500, "2 h 5 min", "2 giờ 5 phút"],
  [3600, "1 h", "1 giờ"],
  [90_061, "1 d 1 h", "1 ngày 1 giờ"],
])("%i seconds are told in their two greatest units", (seconds, en, vi) => {
  expect([durationText(seconds, "en"), durationText(seconds, "vi")]).toEqual([en, vi]);
});

test("more open incidents than are shown are not counted as all of them", () => {
  const some = Array.from({ length: 500 }, () => ({}) as ShownIncident);
  expect(openText(some, false, "en")).toBe("500 incidents are open.");
  expect(openText(some, true, "en")).toContain("More than 500 incidents are open");
});

test.each([
  [null, "once"],
  ["FREQ=DAILY", "every day"],
  ["FREQ=WEEKLY;BYDAY=MO,SU;UNTIL=20261231T235959", "every week: Monday, Sunday until 31 Dec 2026"],
  ["FREQ=MONTHLY;BYDAY=-1SU", "<code>FREQ=MONTHLY;BYDAY=-1SU</code>"],
  ["FREQ=WEEKLY;INTERVAL=2", "<code>FREQ=WEEKLY;INTERVAL=2</code>"],
])("the rule %s is told in words, or as it is", async (rule, said) => {
  expect((await ruleText(rule, "en")).toString()).toBe(said);
});

test("what nobody has put into words is told by its slug, never by what an object inherits", () => {
  expect(slugText("events", "constructor", "en")).toBe("constructor");
  expect(causeText("some_new_cause", "vi")).toBe("some new cause");
  expect(causeText("connect_timeout", "en")).toBe("no answer to the connection");
});

test("one family of two is partly down, both are down", () => {
  expect(kindText({ kind: "down", scope: "partial", family: "ip6" }, "en")).toBe(
    "Partly down (IPv6)",
  );
  expect(kindText({ kind: "down", scope: "whole", family: null }, "vi")).toBe("Ngừng hoạt động");
});

test("neighbouring steps of one state are one piece, and no step is lost", () => {
  const step = (state: "up" | "down") => ({
    from: "",
    to: "",
    state,
    up: 0,
    down: 0,
    maintenance: 0,
    unknown: 0,
  });
  const runs = sameStates([step("up"), step("up"), step("down"), step("up")]);
  expect(runs.map(({ state, first, count }) => [state, first, count])).toEqual([
    ["up", 0, 2],
    ["down", 2, 1],
    ["up", 3, 1],
  ]);
});

describe("a window that somebody typed", () => {
  const typed: WindowValues = {
    title: " Vá máy chủ ",
    note: "",
    portal: "hue",
    agency: "",
    province: "",
    day: "2026-11-24",
    time: "22:00",
    hours: "1",
    minutes: "30",
    repeat: "once",
    days: [],
    last: "",
    rule: "",
    timezone: "Asia/Ho_Chi_Minh",
  };
  const read = (change: Partial<WindowValues>) =>
    readWindow({ ...typed, ...change }, MAINTENANCE_WORDS.en.errors);

  test("begins by the clocks of its zone", () => {
    expect(read({})).toEqual({
      ok: true,
      input: {
        title: "Vá máy chủ",
        note: null,
        target: { portal: "hue" },
        starts_at: "2026-11-24T15:00:00.000Z",
        duration_minutes: 90,
        rrule: null,
        timezone: "Asia/Ho_Chi_Minh",
      },
    });
    expect(read({ timezone: "UTC" })).toMatchObject({
      input: { starts_at: "2026-11-24T22:00:00.000Z" },
    });
  });

  test.each([
    [{ repeat: "daily" }, "FREQ=DAILY"],
    [{ repeat: "weekly", days: ["SU", "MO", "XX"] }, "FREQ=WEEKLY;BYDAY=MO,SU"],
    [{ repeat: "monthly", last: "2026-12-31" }, "FREQ=MONTHLY;UNTIL=20261231T235959"],
    [{ repeat: "rule", rule: " FREQ=MONTHLY;BYDAY=-1SU " }, "FREQ=MONTHLY;BYDAY=-1SU"],
    [{ repeat: "never" }, null],
  ])("repeats as %j says", (change, rrule) => {
    expect(read(change)).toMatchObject({ ok: true, input: { rrule } });
  });

  test.each([
    [{ title: " " }, "title"],
    [{ title: "a\0b" }, "title"],
    [{ province: "01" }, "portal"],
    [{ portal: "" }, "portal"],
    [{ day: "2026-02-30" }, "day"],
    [{ time: "" }, "day"],
    [{ hours: "721" }, "hours"],
    [{ hours: "x" }, "hours"],
    [{ repeat: "weekly" }, "days"],
    [{ repeat: "daily", last: "soon" }, "last"],
    [{ repeat: "rule" }, "rule"],
    [{ timezone: "Mars/Base" }, "timezone"],
  ])("with %j is refused at %s", (change, field) => {
    const refused = read(change);
    expect(refused.ok ? [] : refused.errors.map((error) => error.field)).toEqual([field]);
  });
});
