import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMailer, type Mail, type Mailer } from "../../src/notify/mail.ts";
import { isMailAddress } from "../../src/domain/mail-address.ts";
import { parseSmtpUrl } from "../../src/domain/smtp-server.ts";
import { type SmtpTestServer, startSmtpServer } from "../support/smtp-server.ts";

let server: SmtpTestServer;
let mailer: Mailer;
beforeEach(async () => {
  server = await startSmtpServer();
  mailer = makeMailer(server.url);
});
afterEach(async () => {
  mailer.close();
  await server.stop();
});

function makeMailer(url: string, stepMs?: number): Mailer {
  const parsed = parseSmtpUrl(url);
  if (parsed === null) throw new Error("no SMTP URL");
  return createMailer(parsed, "watch@example.gov.vn", stepMs);
}

const mail = (change: Partial<Mail> = {}): Mail => ({
  to: "ict@yte.example.gov.vn",
  subject: "Báo cáo tháng 10/2026",
  text: "Xin chào\n.\n.một dòng bắt đầu bằng dấu chấm\n",
  attachments: [
    {
      filename: "báo-cáo.xlsx",
      contentType: "application/octet-stream",
      content: new Uint8Array([0, 255, 10]),
    },
  ],
  messageId: "<digest.1@example.gov.vn>",
  date: new Date("2026-11-02T01:00:00Z"),
  ...change,
});

describe("a message", () => {
  test("arrives whole, from us, to one recipient, with its attachment and Message-ID", async () => {
    expect(await mailer.send(mail())).toEqual({ ok: true, value: null });
    const [received, ...others] = server.received;
    expect(others).toEqual([]);
    expect(received).toMatchObject({
      from: "watch@example.gov.vn",
      to: ["ict@yte.example.gov.vn"],
    });
    const head = received?.data.split("\r\n\r\n")[0] ?? "";
    expect(head).toContain("Message-ID: <digest.1@example.gov.vn>");
    expect(head).toContain("Auto-Submitted: auto-generated");
    expect(head).toMatch(/^From: hatangso <watch@example\.gov\.vn>$/m);
    expect(head).toMatch(/^Date: Mon, 02 Nov 2026 01:00:00 \+0000$/m);
    expect(received?.data).toContain("AP8K");
  });

  test("hides no second header in its subject, file name or Message-ID", async () => {
    const evil = "x\r\nBcc: thief@example.com\r\n\r\nbody";
    await mailer.send(
      mail({
        subject: evil,
        messageId: `<a@b>${evil}`,
        attachments: [{ filename: evil, contentType: "text/plain", content: new Uint8Array() }],
      }),
    );
    const data = server.received[0]?.data ?? "";
    expect(data).not.toMatch(/^Bcc:/im);
    expect(server.received[0]?.to).toEqual(["ict@yte.example.gov.vn"]);
    expect(server.commands.filter((line) => line.startsWith("RCPT"))).toHaveLength(1);
  });

  test("never goes to what is no plain mailbox", async () => {
    for (const to of ["a@b.vn\r\nRCPT TO:<c@d.vn>", "a@b.vn, c@d.vn", "Tên <a@b.vn>", "a@b.vn>"]) {
      expect(await mailer.send(mail({ to }))).toMatchObject({
        ok: false,
        problem: { permanent: true },
      });
    }
    expect(server.commands).toEqual([]);
  });
});

describe("what goes wrong", () => {
  test.each([
    ["a recipient that is refused for good", "RCPT", "550 no such user", true],
    ["a recipient that is refused for now", "RCPT", "451 greylisted", false],
    ["a message that is refused for good", "(end of data)", "554 no", true],
    ["a server that is busy", "(greeting)", "421 later", false],
  ])("%s is told as such, in the server's words", async (_, command, answer, permanent) => {
    server.answer = (line) => (line.startsWith(command) ? answer : undefined);
    expect(await mailer.send(mail())).toMatchObject({
      ok: false,
      problem: { permanent, what: expect.stringContaining(answer) },
    });
  });

  test.each(["MAIL", "(end of data)"])("a server that hangs up at %s may come back", async (at) => {
    server.answer = (line) => (line.startsWith(at) ? null : undefined);
    expect(await mailer.send(mail())).toMatchObject({ ok: false, problem: { permanent: false } });
  });

  test("a server that is not there, or never answers, is told and may come back", async () => {
    const silent = makeMailer(server.url, 50);
    // Never a line: only the conversation's own time limit ends it.
    server.answer = (line) => (line === "(greeting)" ? "220-wait" : undefined);
    expect(await silent.send(mail())).toMatchObject({ ok: false, problem: { permanent: false } });
    silent.close();
    await server.stop();
    expect(await mailer.send(mail())).toMatchObject({ ok: false, problem: { permanent: false } });
    server = await startSmtpServer();
  });

  test("a password that is refused is neither permanent nor repeated in what is told", async () => {
    const url = server.url.replace("//", "//watch:s3cr%40t@");
    const known = makeMailer(url);
    server.answer = (line) => (line.startsWith("AUTH") ? "535 wrong password" : undefined);
    const sent = await known.send(mail());
    expect(sent).toMatchObject({ ok: false, problem: { permanent: false } });
    expect(JSON.stringify(sent)).not.toContain("s3cr");
    server.answer = () => undefined;
    expect(await known.send(mail())).toMatchObject({ ok: true });
    const login = server.commands.findLast((line) => line.startsWith("AUTH PLAIN")) ?? "";
    expect(Buffer.from(login.split(" ")[2] ?? "", "base64").toString()).toBe("\0watch\0s3cr@t");
    known.close();
  });
});

describe("an SMTP URL", () => {
  test.each([
    [
      "smtp://relay.example",
      { host: "relay.example", port: 587, secure: false, requireTls: false, user: null },
    ],
    ["smtps://u:p@relay.example", { port: 465, secure: true, user: "u", password: "p" }],
    ["smtp://u:p@relay.example:25", { port: 25, secure: false, requireTls: true }],
    ["smtp://u:p@127.0.0.1:2525/", { port: 2525, requireTls: false }],
    ["smtp://[::1]:25", { host: "::1", port: 25 }],
  ])("%s is understood", (text, server) => {
    expect(parseSmtpUrl(text)).toMatchObject(server);
  });

  test.each([
    "",
    "relay.example",
    "http://relay.example",
    "smtp://",
    "smtp://h/path",
    "smtp://h?tls.rejectUnauthorized=false",
    "smtp://%@h",
  ])("%j is none", (text) => {
    expect(parseSmtpUrl(text)).toBeNull();
  });
});

test("a mail address holds nothing that could end a header or a command", () => {
  expect(["a@b.vn", "first.last+x@sub.gov.vn", "o'neil@b.vn"].every(isMailAddress)).toBe(true);
  expect(
    ["", "a", "@b.vn", "a@b", "a@1.2", "a b@c.vn", "a@-b.vn", "a..b@c.vn", "ă@b.vn"].some(
      isMailAddress,
    ),
  ).toBe(false);
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: "binary" })), (text) => {
      expect(isMailAddress(text) && !/^[\x21-\x7e]{3,254}$/.test(text)).toBe(false);
    }),
  );
});
