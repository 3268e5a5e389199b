import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { notice, sendContext } from "../support/made-up-notices.ts";
import { type SmtpTestServer, startSmtpServer } from "../support/smtp-server.ts";
import { channelOf } from "./support.ts";

let server: SmtpTestServer;
let folder: string;
beforeAll(async () => {
  server = await startSmtpServer();
  folder = mkdtempSync(join(tmpdir(), "hatangso-email-"));
  writeFileSync(join(folder, "smtp"), `${server.url}\n`);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});
beforeEach(() => {
  server.received.length = 0;
  server.answer = () => undefined;
});

const email = () =>
  channelOf({
    kind: "email",
    smtp: { file: join(folder, "smtp") },
    from: "watch@example.gov.vn",
    to: [
      { address: "a@example.gov.vn", lang: "vi" },
      { address: "b@example.gov.vn", lang: "en" },
    ],
  });
const header = (which: number, name: string) =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, "im").exec(
    server.received[which]?.data ?? "",
  )?.[1];

test("each recipient gets text and HTML in their language, marked as automatic", async () => {
  expect(await email().send(notice(), sendContext())).toMatchObject({ ok: true });
  expect(server.received.map(({ to }) => to)).toEqual([["a@example.gov.vn"], ["b@example.gov.vn"]]);
  const english = server.received[1]?.data ?? "";
  expect(header(1, "Subject")).toBe("[hatangso] Not reachable: Ha Noi public services");
  expect(header(1, "Auto-Submitted")).toBe("auto-generated");
  expect(english).toContain("Content-Type: text/plain; charset=utf-8");
  expect(english).toContain("Content-Type: text/html; charset=utf-8");
  expect(english).toContain("Major: no answer to the connection.");
  expect(header(0, "Subject")).toMatch(/^=\?UTF-8\?/);
});

test("what follows an opening refers to it and to the incident; a repeat has the same Message-ID", async () => {
  const opening = await email().send(notice(), sendContext());
  const receipt = opening.ok ? opening.value.receipt : null;
  const end = sendContext({ dedupeKey: "7:resolved:0:duty", receipt });
  await email().send(notice("resolved"), end);
  await email().send(notice("resolved"), end);
  const id = (which: number) => header(which, "Message-ID");
  expect(header(0, "References")).toBe("<incident-7.vi@example.gov.vn>");
  expect(header(2, "In-Reply-To")).toBe(id(0));
  expect(header(2, "References")?.split(/\s+/)).toEqual(["<incident-7.vi@example.gov.vn>", id(0)]);
  expect(header(3, "References")?.split(/\s+/)).toEqual(["<incident-7.en@example.gov.vn>", id(1)]);
  expect(id(4)).toBe(id(2));
  expect(new Set([0, 1, 2, 3].map(id)).size).toBe(4);
});

test("who took it at an earlier try is not written to again", async () => {
  server.answer = (line) => (line.startsWith("RCPT TO:<b@") ? "451 later" : undefined);
  const first = await email().send(notice(), sendContext());
  expect(first).toMatchObject({ ok: false, problem: { permanent: false } });
  server.answer = () => undefined;
  const progress = first.ok ? null : first.problem.progress;
  expect(await email().send(notice(), sendContext({ progress }))).toMatchObject({ ok: true });
  expect(server.received.map(({ to }) => to[0])).toEqual(["a@example.gov.vn", "b@example.gov.vn"]);
});

test("a recipient who is gone for good keeps it from nobody else, and is told of", async () => {
  server.answer = (line) => (line.startsWith("RCPT TO:<a@") ? "550 no such user" : undefined);
  expect(await email().send(notice(), sendContext())).toMatchObject({
    ok: true,
    value: { note: expect.stringMatching(/^1 of 2 receivers refuse it: .*550/) },
  });
  server.answer = (line) => (line.startsWith("RCPT") ? "550 no such user" : undefined);
  expect(await email().send(notice(), sendContext())).toMatchObject({
    ok: false,
    problem: { permanent: true },
  });
});
