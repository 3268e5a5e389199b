import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import fc from "fast-check";
import { readConfig } from "../src/config.ts";
import { IANA_ROOT_HINTS } from "../src/probes/dns/index.ts";
import { parseAnchor } from "../src/probes/index.ts";
import { auditsOptions } from "../src/prober-options.ts";
import { UsageError } from "../src/domain/usage-error.ts";

test("an empty environment gives the documented defaults", () => {
  expect(readConfig({ DNS_SERVERS: "127.0.0.1" })).toMatchObject({
    host: "127.0.0.1",
    port: 8080,
    databaseUrl: null,
    allowedNetworks: [],
    probeIntervalMs: 60_000,
    probeTimeoutMs: 10_000,
    auditIntervalMs: 21_600_000,
    auditHttpPort: 80,
    rootHints: null,
    dnsAuthorityPort: 53,
    vantageName: "local",
    vantageCountry: null,
    vantageAnchors: null,
    retentionRawDays: 14,
    retentionHourDays: 400,
    publicRead: "summary",
    metricsToken: null,
    coverageLicence: "https://creativecommons.org/licenses/by/4.0/",
    reportTimezone: "Asia/Ho_Chi_Minh",
    logLevel: "info",
  });
});

test("an empty variable counts as unset", () => {
  expect(readConfig({ PORT: "", PUBLIC_READ: "" })).toMatchObject({
    port: 8080,
    publicRead: "summary",
  });
});

test("lists are split, trimmed and kept in order", () => {
  const config = readConfig({
    DNS_SERVERS: "1.1.1.1, [2606:4700:4700::1111]:53 ,9.9.9.9:5353",
    PROBE_ALLOWED_NETWORKS: "127.0.0.0/8,fd53::/16",
    VANTAGE_ANCHORS: "dns.google:443,[2001:db8::1]:8443,192.0.2.1:443",
    VANTAGE_COUNTRY: "vn",
  });
  expect(config.dnsServers).toEqual(["1.1.1.1", "[2606:4700:4700::1111]:53", "9.9.9.9:5353"]);
  expect(config.allowedNetworks).toEqual(["127.0.0.0/8", "fd53::/16"]);
  expect(config.vantageAnchors).toEqual(["dns.google:443", "[2001:db8::1]:8443", "192.0.2.1:443"]);
  expect(config.vantageCountry).toBe("VN");
});

const WRONG: readonly (readonly [string, string])[] = [
  ["HOST", "not a host"],
  ["PORT", "65536"],
  ["PORT", "-1"],
  ["PORT", "http"],
  ["PORT", " "],
  ["PORT", "0x50"],
  ["DNS_SERVERS", "dns.google"],
  ["DNS_SERVERS", "1.1.1.1:99999"],
  ["DNS_SERVERS", ","],
  ["DNS_SERVERS", "2606:4700::1111:53:x"],
  ["PROBE_ALLOWED_NETWORKS", "127.0.0.1"],
  ["PROBE_ALLOWED_NETWORKS", "127.0.0.0/33"],
  ["PROBE_ALLOWED_NETWORKS", "10/8"],
  ["PROBE_ALLOWED_NETWORKS", "010.0.0.0/8"],
  ["PROBE_INTERVAL_SECONDS", "0"],
  ["PROBE_INTERVAL_SECONDS", "1.5"],
  ["PROBE_TIMEOUT_MS", "10s"],
  ["PROBE_TIMEOUT_MS", "1e3"],
  ["PROBE_WORKERS", "0"],
  ["AUDIT_INTERVAL_SECONDS", "0"],
  ["AUDIT_INTERVAL_SECONDS", "604801"],
  ["AUDIT_HTTP_PORT", "0"],
  ["DNS_AUTHORITY_PORT", "65536"],
  ["DNS_ROOT_HINTS", "/nowhere/named.root"],
  ["DNS_ROOT_HINTS", "/"],
  ["VANTAGE_NAME", "here and there"],
  ["VANTAGE_COUNTRY", "Viet Nam"],
  ["VANTAGE_ANCHORS", "dns.google"],
  ["VANTAGE_ANCHORS", ","],
  ["VANTAGE_ANCHORS", "256.1.1.1:443"],
  ["PROBE_CONTACT", "a contact\nwith a line break"],
  ["RETENTION_RAW_DAYS", "forever"],
  ["RETENTION_HOUR_DAYS", "-3"],
  ["PUBLIC_READ", "some"],
  ["REPORT_TIMEZONE", "Asia/Saigon_City"],
  ["REPORT_TIMEZONE", "+07:00"],
  ["LOG_LEVEL", "loud"],
];

test.each(WRONG)(
  "%s=%s is refused in one line that names it and what is allowed",
  (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(UsageError);
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`^${name}=".*" is not allowed: expected .+\\. Change or unset the variable\\.$`),
    );
  },
);

test.each([
  ["DATABASE_URL", "mysql://user:hunter2@db/x"],
  ["DATABASE_URL", "postgres://user:hun#ter2@db/x"],
  ["DATABASE_URL", "postgres://user:hunter2@db:99999/x"],
  ["DATABASE_URL", "postgres://user:hunter2@[db/x"],
  ["METRICS_TOKEN", "short"],
])("a wrong %s is refused without showing it", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name}=(not shown)`);
});

test("root hints are read from the file that is named", () => {
  const path = fileURLToPath(import.meta.url);
  expect(readConfig({ DNS_ROOT_HINTS: path }).rootHints).toEqual({
    path,
    text: readFileSync(path, "utf8"),
  });
});

test("root hints that are none stop the start with a line that names file, line and value", () => {
  const path = fileURLToPath(import.meta.url);
  const config = readConfig({ DNS_ROOT_HINTS: path, DNS_SERVERS: "127.0.0.1" });
  expect(() => auditsOptions(config)).toThrow(UsageError);
  expect(() => auditsOptions(config)).toThrow(
    /^DNS_ROOT_HINTS=".*config\.test\.ts" is not allowed: expected root hints, but line 1: .+$/,
  );
});

test("audits know the configured root, ports and interval, and a short interval shortens the first round", () => {
  const config = readConfig({
    DNS_AUTHORITY_PORT: "5353",
    AUDIT_HTTP_PORT: "8080",
    AUDIT_INTERVAL_SECONDS: "60",
  });
  expect(auditsOptions(config)).toMatchObject({
    intervalMs: 60_000,
    firstRoundMs: 60_000,
    tryGapMs: 20_000,
    timeoutMs: 240_000,
    perAddress: 1,
    authorityPort: 5353,
    httpPort: 8080,
    rootHints: IANA_ROOT_HINTS,
  });
});

test.each([
  [{ LANG: "vi_VN.UTF-8" }, "vi"],
  [{ LANG: "vi_VN.UTF-8", LC_ALL: "C" }, "en"],
  [{ LANG: "en_US.UTF-8", LC_MESSAGES: "vi" }, "vi"],
  [{ LANG: "vietnam" }, "en"],
  [{}, "en"],
] as const)("the locale %j makes commands speak %s", (env, lang) => {
  expect(readConfig(env).lang).toBe(lang);
});

function refusal(env: Record<string, string>): unknown {
  try {
    readConfig(env);
    return null;
  } catch (error) {
    return error;
  }
}

test("anchors that are accepted can be read by the self-test", () => {
  const accepted = (anchor: string) => {
    try {
      return readConfig({ VANTAGE_ANCHORS: anchor }).vantageAnchors !== null;
    } catch (error) {
      if (error instanceof UsageError) return false;
      throw error;
    }
  };
  const anchor = fc.stringMatching(/^[A-Za-z0-9.-]{1,12}$/).map((host) => `${host}:443`);
  fc.assert(fc.property(anchor, (text) => !accepted(text) || parseAnchor(text) !== null));
});

test("any text in any variable is either accepted or refused with a UsageError of one line", () => {
  const name = fc.constantFrom(...new Set(WRONG.map(([variable]) => variable)));
  fc.assert(
    fc.property(name, fc.string({ unit: "binary" }), (variable, value) => {
      const error = refusal({ [variable]: value });
      return error === null || (error instanceof UsageError && !error.message.includes("\n"));
    }),
  );
});
