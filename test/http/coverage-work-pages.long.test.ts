import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeZip } from "../support/made-zip.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { type AppServer, makeKey, startApp } from "./support/app-server.ts";
import { signedInVisitor, type Visitor } from "./support/browser-like.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let app: AppServer;
let ministry: Visitor;
let hanoi: Visitor;
beforeAll(async () => {
  opened = await openCoverageDatabase();
  app = await startApp(opened.db);
  app.clock.now = Date.parse("2026-11-22T05:00:00Z");
  ministry = await signedInVisitor(app, await makeKey(opened.db, "operator"));
  hanoi = await signedInVisitor(app, await makeKey(opened.db, "operator", { province: "01" }));
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const HEADER = "Mã xã,Tên xã/phường,Kỳ báo cáo,Tổng số hộ gia đình,Số hộ được phủ cáp quang";
const csv = (name: string, ...rows: string[]) =>
  new File([[HEADER, ...rows, ""].join("\r\n")], name, { type: "text/csv" });
const BA_DINH = (day: string, households: number, passed: number | string) =>
  `00004,Phường Ba Đình,${day},${households},${passed}`;
const upload = (by: Visitor, file: File, fields: Record<string, string> = {}) =>
  by.send("/coverage/imports?lang=en", {
    file,
    source: "",
    as_of: "",
    units: "",
    basis: "reported",
    reason: "",
    ...fields,
  });

describe("the page of imports", () => {
  test("asks for a key before it shows anything", async () => {
    const page = await app.request("/coverage/imports?lang=vi");
    expect(page.status).toBe(401);
    const source = await page.text();
    expect(source).toContain("Trang này cần đăng nhập.");
    expect(source).toContain('name="next" value="/coverage/imports?lang=vi"');
  });

  test("takes a file and leads to its own page: outcome, next steps, what was understood", async () => {
    const file = csv(
      "quý 3.csv",
      BA_DINH("2025-09-30", 10_000, 8000),
      "00008,Phường Ngọc Hà,2025-09-30,9000,9500",
    );
    const page = await upload(hanoi, file);
    expect(page.status).toBe(200);
    expect(page.path).toMatch(/^\/coverage\/imports\/\d+\?lang=en$/);
    expect(page.text).toContain("1 row accepted into the register. 1 row refused and left out.");
    expect(page.text).toContain("V02 · Numerators above their denominators");
    expect(page.html).toMatch(/annotated\.xlsx/);
    expect(page.html).toMatch(/faults\?format=csv/);
    expect(page.text).toContain("as the column “Kỳ báo cáo” says");
    expect(page.text).toMatch(/numerator: /);
    const vi = await hanoi.open(page.path.replace("lang=en", "lang=vi"));
    expect(vi.text).toContain("Đã nhận 1 dòng vào sổ số liệu. 1 dòng bị từ chối");
    expect(app.coverage.changes).toBe(1);
    const list = await hanoi.open("/coverage/imports?lang=en&outcome=accepted");
    expect(list.text).toContain("quý 3.csv");
    expect((await hanoi.open("/coverage/imports?lang=en&outcome=refused")).text).toContain(
      "No files yet.",
    );
  });

  test("says that the same file came before", async () => {
    const file = csv("hai lần.csv", BA_DINH("2025-12-31", 10_000, 8100));
    await upload(hanoi, file);
    expect((await upload(hanoi, file)).text).toContain(
      "This file came before with the same settings",
    );
  });

  test("tries a file and stores nothing of it", async () => {
    const file = csv("thử.csv", BA_DINH("2026-03-31", 10_000, 8200));
    const page = await upload(hanoi, file, { dry_run: "true" });
    expect(page.status).toBe(200);
    expect(page.text).toContain("This was a trial, nothing was stored.");
    expect(page.text).toContain("send the file again with “Only try” unticked");
    expect((await hanoi.open("/coverage/imports")).text).not.toContain("thử.csv");
  });

  test("names what is missing or wrong and keeps what was typed", async () => {
    const none = await hanoi.send("/coverage/imports?lang=en", { reason: "vì sao đổi" });
    expect(none.status).toBe(400);
    expect(none.html).toContain('href="#field-file"');
    expect(none.html).toContain('value="vì sao đổi"');
    const wrong = await upload(ministry, csv("a.csv"), { units: "2025-13-40" });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain(
      "The value of “Day whose list of units the file uses” is not valid.",
    );
  });

  test("refuses what is no table with a message and what to do, never with an error", async () => {
    const html = new File(["<!doctype html><html><body>404</body></html>"], "số liệu.csv");
    const page = await upload(hanoi, html);
    expect(page.status).toBe(200);
    expect(page.text).toContain("The file was refused: nothing of it came into the register.");
    const broken = await upload(hanoi, new File(["PK\u0003\u0004 nothing"], "số liệu.xlsx"));
    expect(broken.text).toContain("The file was refused");
    expect(app.logged).toEqual([]);
  });

  test("keeps no copy of a dangerous file and offers none", async () => {
    const bomb = makeZip([
      { name: "[Content_Types].xml", content: "<Types/>" },
      { name: "xl/workbook.xml", content: "<workbook/>" },
      { name: "xl/vbaProject.bin", content: "macro" },
    ]);
    const page = await upload(hanoi, new File([Buffer.from(bomb)], "số liệu.xlsx"));
    expect(page.text).toContain("V28 · Files that are not safe");
    expect(page.html).not.toMatch(/imports\/\d+\/file"/);
    expect((await hanoi.open(page.path.replace("en", "vi"))).text).toContain("Tệp không an toàn");
  });

  test("says of a row that is held with an earlier file where it waits", async () => {
    const held = "00008,Phường Ngọc Hà,2026-06-30,9000,8000";
    await upload(hanoi, csv("một.csv", "00008,Phường Ngọc Hà,2026-03-31,9000,2000"));
    const first = await upload(hanoi, csv("hai.csv", held));
    expect(first.text).toContain("1 row held for those who keep the register");
    const again = await upload(hanoi, csv("ba.csv", held, BA_DINH("2026-06-30", 10_000, 8400)));
    expect(again.text).toContain("waits with an earlier file: see Review");
  });

  test("repeats a file of before the mergers with the list of units that it seems to use", async () => {
    const old = csv(
      "trước sáp nhập.csv",
      "00001,Phường Phúc Xá,2025-06-30,1000,900",
      "00006,Phường Vĩnh Phúc,2025-06-30,1000,900",
      "00007,Phường Cống Vị,2025-06-30,1000,900",
      "00013,Phường Quán Thánh,2025-06-30,1000,900",
    );
    const refused = await upload(ministry, old, { units: "2025-09-30", source: "ministry" });
    expect(refused.text).toContain("V08 ·");
    const id = /imports\/(\d+)/.exec(refused.path)?.[1];
    const day = /name="units" value="([^"]+)"/.exec(refused.html)?.[1] ?? "";
    expect(day).toBe("2025-06-30");
    const again = await ministry.send(`/coverage/imports/${id}/again?lang=en`, { units: day });
    expect(again.text).toContain("4 rows accepted");
    expect(again.path).not.toContain(`imports/${id}?`);
  });

  test("shows a province its own files alone", async () => {
    const file = csv("của Bộ.csv", BA_DINH("2026-03-31", 10_000, 8300));
    const page = await upload(ministry, file, { source: "ministry" });
    expect((await hanoi.open(page.path)).status).toBe(404);
    expect((await hanoi.open("/coverage/imports")).text).not.toContain("của Bộ.csv");
  });
});
