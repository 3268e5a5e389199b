import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UsageError } from "../../src/domain/usage-error.ts";
import { type NotifyEnvironment, readNotifyConfig } from "../../src/notify/config.ts";
import { configWords } from "../../src/notify/route-words.ts";
import { notifyEnvironment } from "./support.ts";

const secret = { env: "SECRET" };
const hook = { name: "hook", kind: "webhook", url: "https://hook.example/x?k=v", secret };
const mail = { name: "mail", kind: "email", to: [{ address: "duty@example.gov.vn", lang: "en" }] };
const sms = { name: "sms", kind: "sms", to: ["+84912345678"], url: "https://sms.example/send" };
const alerts = { name: "am", kind: "alertmanager", peers: ["http://10.0.0.1:9093"] };
const all = (...channels: { name: string; [key: string]: unknown }[]) => ({
  channels,
  routes: [{ channels: channels.map(({ name }) => name) }],
});
const read = (file: unknown, env: Partial<NotifyEnvironment> = {}) =>
  readNotifyConfig(typeof file === "string" ? file : JSON.stringify(file), notifyEnvironment(env));

/** What a file is refused with; empty for one that is fine. */
function refusalOf(file: unknown): string {
  try {
    read(file);
    return "";
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

let folder: string;
let smtpFile: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hatangso-notify-"));
  smtpFile = join(folder, "smtp");
  writeFileSync(smtpFile, "smtps://u:p@relay.example\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

test("secrets come from variables and files, each read at the start", () => {
  const { channels } = read(
    all(hook, { ...mail, from: "watch@example.gov.vn", smtp: { file: smtpFile } }),
  );
  expect(channels).toMatchObject([
    { secret: "s3cret", rate: null },
    { smtp: { host: "relay.example", port: 465, password: "p" }, rate: { burst: 10 } },
  ]);
});

describe("refused with one line that names the place", () => {
  test.each<[string, unknown, string | RegExp]>([
    ["no JSON", '{\n"channels": [,', "is no JSON (line 2)."],
    ["an unknown key", { ...all(hook), foo: 1 }, /foo/],
    ["an unknown kind", all({ ...hook, kind: "pigeon" }), /^channels\[0\]\.kind: /],
    [
      "a literal secret",
      all({ ...hook, secret: "abc" }),
      'channels[0].secret: a secret is never written here: use {"env": "NAME"} or {"file": "/path"}.',
    ],
    [
      "a variable that is not set",
      all({ ...hook, secret: { env: "NOPE" } }),
      "channels[0].secret: the variable NOPE is not set.",
    ],
    [
      "a file that is not there",
      all({ ...hook, secret: { file: "/nowhere/x" } }),
      "channels[0].secret: the file /nowhere/x cannot be read (ENOENT).",
    ],
    [
      "a password in a header",
      all({ ...hook, headers: { Authorization: "Bearer abc" } }),
      /^channels\[0\]\.headers\.Authorization: a secret is never written here/,
    ],
    [
      "a key in what a gateway is posted",
      all({ ...sms, json: { ApiKey: "abc" } }),
      /^channels\[0\]\.json: a secret is never written here/,
    ],
    [
      "a password in a URL",
      all({ ...sms, url: "https://u:p@sms.example/" }),
      "channels[0].url: expected an http or https URL without user, password or #.",
    ],
    ["a wrong prefix", all({ ...hook, allow_networks: ["10/8x"] }), /10\/8x is no prefix/],
    ["a name twice", all(hook, hook), 'channels[1].name: "hook" is taken already.'],
    [
      "mail without a server",
      all(mail),
      "channels[0]: no mail server. Set SMTP_URL and SMTP_FROM, or give smtp and from here.",
    ],
    [
      "an unknown channel",
      { channels: [hook], routes: [{ channels: ["hook", "hok"] }] },
      'routes[0].channels[1]: there is no channel "hok". Channels: hook.',
    ],
    [
      "an unknown channel of an escalation",
      {
        channels: [hook],
        routes: [{ channels: ["hook"], escalate: [{ after_minutes: 5, channels: ["x"] }] }],
      },
      'routes[0].escalate[0].channels[0]: there is no channel "x". Channels: hook.',
    ],
    [
      "a channel that nobody uses",
      { channels: [hook, { ...hook, name: "other" }], routes: [{ channels: ["hook"] }] },
      'channels[1]: no route names "other". Name it in a route or remove it.',
    ],
    [
      "an empty match",
      { channels: [hook], routes: [{ match: {}, channels: ["hook"] }] },
      "routes[0].match: is empty; leave it out to match everything.",
    ],
    [
      "an empty list in a match",
      { channels: [hook], routes: [{ match: { kinds: [] }, channels: ["hook"] }] },
      /^routes\[0\]\.match\.kinds: /,
    ],
    [
      "hours of no length",
      {
        channels: [hook],
        routes: [
          { match: { hours: { from: "08:00", to: "08:00", timezone: "UTC" } }, channels: ["hook"] },
        ],
      },
      "routes[0].match.hours: from and to are the same; leave hours out for always.",
    ],
    ["short messages for everything", all(sms), /^routes\[0\]\.channels\[0\]: "sms" sends short/],
  ])("%s", (_, file, line) => {
    const said = refusalOf(file);
    expect(said).toMatch(/^NOTIFY_FILE notify\.json: [^\n]+$/);
    const rest = said.slice("NOTIFY_FILE notify.json: ".length);
    expect(typeof line === "string" ? rest : (line.exec(rest)?.input ?? null)).toBe(
      typeof line === "string" ? line : rest,
    );
  });

  test("two ways for the same incident, saying which to choose", () => {
    expect(() => read(all(hook), { toldBy: "prometheus" })).toThrow(
      "Remove the routes, or set INCIDENTS_TOLD_BY=channels and switch the rules off.",
    );
    expect(read({ channels: [hook], routes: [] }, { toldBy: "prometheus" }).channels).toHaveLength(
      1,
    );
    expect(() => read(all(alerts, hook))).toThrow(
      'routes[0].channels[1]: "hook" would tell the same incidents as the Alertmanager channel "am"',
    );
    const apart = (kinds: string[]) => ({
      channels: [alerts, hook],
      routes: [
        { match: { kinds: ["down", "degraded"] }, channels: ["am"] },
        { match: { kinds }, channels: ["hook"] },
      ],
    });
    expect(() => read(apart(["certificate", "down"]))).toThrow(
      "give the two routes different kinds",
    );
    expect(read(apart(["certificate"])).routes).toHaveLength(2);
  });
});

test("what a configuration does is said in words, without a secret in them", () => {
  const words = configWords(
    read(
      {
        channels: [hook, sms],
        routes: [
          {
            match: {
              min_severity: "major",
              provinces: ["01"],
              hours: { from: "22:00", to: "06:00", days: ["sat"], timezone: "Asia/Ho_Chi_Minh" },
            },
            channels: ["hook"],
            escalate: [{ after_minutes: 15, channels: ["sms"] }],
          },
        ],
        heartbeat: { url: { env: "SECRET_URL" } },
      },
      { variable: (name) => (name === "SECRET_URL" ? "https://beat.example/uuid" : "s3cret") },
    ),
  );
  expect(words).toEqual([
    "Channels:",
    "  hook: webhook at hook.example, signed",
    "  sms: short messages to +84912345678 through sms.example, at most 2 parts; at most 3 at once and 5 a minute, the rest together in one",
    "Routes (all that match speak):",
    "  1. major or worse; province 01; 22:00 to 06:00 on sat (Asia/Ho_Chi_Minh): hook",
    "     after 15 minutes without an acknowledgement: sms",
    "Heartbeat: after each full round of probes, within 10 s.",
  ]);
});
