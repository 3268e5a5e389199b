import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { type AppServer, json, makeKey, startApp } from "./support/app-server.ts";
import { signedInVisitor, type Visitor } from "./support/browser-like.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let app: AppServer;
let first: Visitor;
let second: Visitor;
let admin: Visitor;
let reader: Visitor;
let hanoi: Visitor;
beforeAll(async () => {
  opened = await openCoverageDatabase();
  const { db } = opened;
  app = await startApp(db, { secondApproval: true });
  app.clock.now = Date.parse("2026-11-22T05:00:00Z");
  first = await signedInVisitor(app, await makeKey(db, "operator"));
  second = await signedInVisitor(app, await makeKey(db, "operator"));
  admin = await signedInVisitor(app, await makeKey(db, "admin"));
  reader = await signedInVisitor(app, await makeKey(db, "reader"));
  hanoi = await signedInVisitor(app, await makeKey(db, "operator", { province: "01" }));
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const HEADER = "Mã xã,Tên xã/phường,Kỳ báo cáo,Tổng số hộ gia đình,Số hộ được phủ cáp quang";
const upload = async (name: string, ...rows: string[]) => {
  const file = new File([[HEADER, ...rows, ""].join("\r\n")], name, { type: "text/csv" });
  const page = await hanoi.send("/coverage/imports?lang=en", { file, basis: "reported" });
  return Number(/imports\/(\d+)/.exec(page.path)?.[1]);
};
const heldIds = (html: string) => [...html.matchAll(/id="held-(\d+)"/g)].map(([, id]) => id ?? "");

describe("the review queue", () => {
  let submission = 0;
  let ids: string[] = [];
  beforeAll(async () => {
    await upload(
      "q2.csv",
      "00004,Phường Ba Đình,2026-06-30,10000,5000",
      "00008,Phường Ngọc Hà,2026-06-30,9000,4000",
    );
    submission = await upload(
      "q3.csv",
      "00004,Phường Ba Đình,2026-09-30,10000,9000",
      "00008,Phường Ngọc Hà,2026-09-30,9000,8500",
    );
  });

  test("shows the value before and the new one side by side, with the difference in points", async () => {
    const page = await first.open("/coverage/review?lang=en");
    ids = heldIds(page.html);
    expect(ids).toHaveLength(2);
    expect(page.text).toContain("Ba Đình (00004)");
    expect(page.text).toContain("50% (5,000 of 10,000)");
    expect(page.text).toContain("90% (9,000 of 10,000)");
    expect(page.text).toContain("+40 points");
    expect(page.text).toMatch(/V21/);
    expect(page.text).toContain("Accepting takes two people");
    const vi = await first.open("/coverage/review?lang=vi");
    expect(vi.text).toContain("+40 điểm phần trăm");
  });

  test("gives no form to those who may only look, and decides nothing for them", async () => {
    const page = await reader.open("/coverage/review?lang=en");
    expect(page.text).toContain("Your key may only look");
    expect(page.html).not.toContain('name="verdict"');
    const path = `/coverage/review/${ids[0]}/decide?lang=en`;
    const fields = { verdict: "accept", reason: "it is right" };
    expect((await reader.send(path, fields)).status).toBe(403);
    expect((await hanoi.send(path, fields)).status).toBe(403);
    expect((await first.send(path, fields, "https://example.org")).status).toBe(403);
  });

  test("asks for a reason and keeps the form", async () => {
    const page = await first.send(`/coverage/review/${ids[0]}/decide?lang=en`, {
      verdict: "accept",
      reason: " ",
    });
    expect(page.status).toBe(400);
    expect(page.text).toContain("Give a reason");
    expect(heldIds(page.html)).toHaveLength(2);
  });

  test("takes two people to accept: the second is another one", async () => {
    const path = `/coverage/review/${ids[0]}/decide?lang=en&submission=${submission}`;
    const proposed = await first.send(path, { verdict: "accept", reason: "network was built" });
    expect(proposed.text).toContain("1 row proposed; somebody else has to agree.");
    expect(proposed.path).toContain(`submission=${submission}`);
    expect(proposed.text).toContain("Proposed for acceptance by operator for tests");
    const again = await first.send(path, { verdict: "accept", reason: "really" });
    expect(again.status).toBe(409);
    expect(again.text).toContain("You proposed this row yourself");
    expect(again.html).toContain('value="really"');
    const agreed = await second.send(path, { verdict: "accept", reason: "seen too" });
    expect(agreed.text).toContain("1 row accepted; figures written: 1.");
    const late = await second.send(path, { verdict: "refuse", reason: "no" });
    expect(late.text).toContain("This row was decided already.");
  });

  test("decides what one rule holds of a file at once", async () => {
    const page = await second.send("/coverage/review/bulk?lang=en", {
      submission: String(submission),
      rule: "V21",
      verdict: "refuse",
      reason: "asked back",
    });
    expect(page.text).toContain("1 row refused.");
    expect((await first.open("/coverage/review?lang=en")).text).toContain(
      "Nothing waits for review.",
    );
    expect((await first.open("/coverage/review?lang=en&state=refused")).text).toContain(
      "asked back",
    );
  });
});

describe("publishing", () => {
  test("is shown first, then done, and leads to the release", async () => {
    const asked = { as_of: "2026-09-30", note_vi: "", note_en: "" };
    const plan = await admin.send("/coverage/releases/publish?lang=en", {
      ...asked,
      step: "check",
    });
    expect(plan.text).toContain("Published now, it would be 2026-Q3");
    expect(plan.text).toContain("Changes since the release before");
    const sha256 = /name="sha256" value="([0-9a-f]{64})"/.exec(plan.html)?.[1] ?? "";
    const stale = await admin.send("/coverage/releases/publish?lang=en", {
      ...asked,
      step: "publish",
      sha256: "0",
    });
    expect(stale.status).toBe(409);
    expect(stale.text).toContain("The register changed since you looked.");
    const done = await admin.send("/coverage/releases/publish?lang=en", {
      ...asked,
      step: "publish",
      sha256,
    });
    expect(done.path).toBe("/coverage/releases/2026-Q3?lang=en");
    const again = await admin.send("/coverage/releases/publish?lang=vi", {
      ...asked,
      step: "check",
    });
    expect(again.text).toContain("Không có gì mới: bản 2026-Q3 đã có đúng nội dung này.");
    expect(again.html).not.toContain('value="publish"');
  });

  test("is not for operators", async () => {
    expect((await first.open("/coverage/releases/publish?lang=en")).text).toContain(
      "Publishing needs a key with the role admin",
    );
    expect(
      (await first.send("/coverage/releases/publish", { step: "check", as_of: "2026-09-30" }))
        .status,
    ).toBe(403);
  });

  test("names what stands against it", async () => {
    const page = await admin.send("/coverage/releases/publish?lang=en", {
      as_of: "2025-03-31",
      note_vi: "",
      note_en: "",
      step: "check",
    });
    expect(page.text).toContain("There are no figures of this day.");
  });
});

describe("reporting rounds", () => {
  test("are opened by a form, and show who owes what and is late, with each template", async () => {
    const page = await first.send("/coverage/rounds?lang=en", {
      as_of: "2026-09-30",
      opens_on: "2026-10-01",
      due_on: "2026-10-20",
      note: "",
    });
    expect(page.path).toMatch(/^\/coverage\/rounds\/\d+\?/);
    expect(page.text).toContain("The round is open.");
    expect(page.text).toContain("33 days late");
    expect(page.html).toContain("/api/v1/coverage/template?province=01&amp;as_of=2026-09-30");
    expect(page.text).toMatch(/Thành phố Hà Nội \(01\) partly sent/);
    const own = await hanoi.open(page.path);
    expect(own.text).not.toContain("Thành phố Huế");
    const excused = await first.send(`${page.path.split("?")[0]}/excuse?lang=en`, {
      province: "46",
      reason: "flood",
    });
    expect(excused.text).toMatch(/Thành phố Huế \(46\) excused flood/);
    const twice = await first.send("/coverage/rounds?lang=en", {
      as_of: "2026-09-30",
      opens_on: "2026-10-01",
      due_on: "2026-09-20",
      note: "kept",
    });
    expect(twice.status).toBe(409);
    expect(twice.html).toContain("kept");
  });
});

describe("challenges", () => {
  test("are filed of a figure, answered by its source, and decided", async () => {
    const list = await app.request(
      "/api/v1/coverage/figures?indicator=fibre_hh_passed&unit=00004&as_of=2026-06-30",
    );
    const { items } = (await list.json()) as { items: { id: number }[] };
    const figure = String(items[0]?.id);
    const form = await second.open(`/coverage/challenges/new?figure=${figure}&lang=en`);
    expect(form.text).toContain("50% (5,000 of 10,000)");
    const fields = {
      figure,
      reason_code: "no_service",
      statement: "",
      evidence_url: "",
      release: "",
      filed_by: "",
    };
    const empty = await second.send("/coverage/challenges?lang=en", fields);
    expect(empty.status).toBe(400);
    const filed = await second.send("/coverage/challenges?lang=en", {
      ...fields,
      statement: "Nobody got it.",
    });
    expect(filed.text).toContain("60 days left (21 Jan 2027)");
    const path = filed.path.split("?")[0] ?? "";
    const answer = {
      text: "It is so.",
      outcome_code: "map_wrong",
      correction: "counts",
      numerator: "4000",
      denominator: "",
      verdict: "conceded",
    };
    const wrong = await hanoi.send(`${path}/answer?lang=en`, { ...answer, numerator: "99999" });
    expect(wrong.text).toContain("a numerator is never above its denominator");
    expect(wrong.html).toContain("It is so.");
    const conceded = await hanoi.send(`${path}/answer?lang=en`, answer);
    expect(conceded.text).toContain("conceded by the source");
    expect(conceded.text).toContain("40% (4,000 of 10,000)");
    const everyone = await (await app.request("/coverage/challenges?lang=en")).text();
    expect(everyone).toContain("conceded by the source");
    expect(everyone).not.toContain("operator for tests");
  });

  test("are told to be overdue in words", async () => {
    const before = app.clock.now;
    const key = await makeKey(opened.db, "operator");
    const list = await app.request(
      "/api/v1/coverage/figures?indicator=fibre_hh_passed&unit=00008&as_of=2026-06-30",
    );
    const { items } = (await list.json()) as { items: { id: number }[] };
    const body = { figure_id: items[0]?.id, reason_code: "other", statement: "?" };
    expect((await app.request("/api/v1/coverage/challenges", json("POST", body, key))).status).toBe(
      201,
    );
    app.clock.now = Date.parse("2027-02-01T05:00:00Z");
    const page = await app.request("/coverage/challenges?lang=en&overdue=true");
    expect(await page.text()).toContain("11 days overdue");
    app.clock.now = before;
  });
});
