import { getServers } from "node:dns";
import { availableParallelism } from "node:os";
import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { AUDIT_PACE } from "./audit-pace.ts";
import {
  isAnchor,
  isDatabaseUrl,
  isNetwork,
  isResolverAddress,
  isTimeZone,
  isWebAddress,
  list,
  textFile,
  whole,
} from "./config-values.ts";
import { readIncidentPolicy } from "./incident-policy.ts";
import { isMailAddress } from "./domain/mail-address.ts";
import { parseSmtpUrl } from "./domain/smtp-server.ts";
import { UsageError } from "./domain/usage-error.ts";

/** What is allowed, in the words of the one-line message that a wrong value gets. */
const ALLOWED = {
  HOST: "an IPv4 or IPv6 address, or localhost",
  PORT: "a number from 0 to 65535 (0 = any free port)",
  DATABASE_URL: "a URL like postgres://user:password@host:5432/database",
  DATA_DIR: "a folder",
  DNS_SERVERS:
    "comma-separated address[:port], IPv6 in brackets, e.g. 1.1.1.1,[2606:4700:4700::1111]:53",
  DNS_ROOT_HINTS: "a readable file in the usual root-hints format (NS, A and AAAA lines)",
  DNS_AUTHORITY_PORT: "a number from 1 to 65535",
  PROBE_ALLOWED_NETWORKS: "comma-separated prefixes, e.g. 127.0.0.0/8,fd53::/16",
  PROBE_INTERVAL_SECONDS: "a whole number from 1 to 86400",
  PROBE_TIMEOUT_MS: "a whole number from 100 to 120000",
  PROBE_WORKERS: "a whole number from 1 to 64",
  AUDIT_INTERVAL_SECONDS: "a whole number from 1 to 604800",
  AUDIT_HTTP_PORT: "a number from 1 to 65535",
  VANTAGE_NAME: "1 to 40 letters, digits, dots, dashes or underscores",
  VANTAGE_COUNTRY: "a two-letter country code, e.g. VN",
  VANTAGE_ANCHORS:
    "comma-separated host:port, IPv6 in brackets, e.g. dns.google:443,[2001:db8::1]:443",
  PROBE_CONTACT: "an e-mail address or URL of at most 200 printable ASCII characters",
  RETENTION_RAW_DAYS: "a whole number from 1 to 3650",
  RETENTION_HOUR_DAYS: "a whole number from 1 to 36500",
  PUBLIC_READ: "none, summary or all",
  METRICS_TOKEN: "at least 8 characters without spaces",
  SMTP_URL: "a URL like smtps://user:password@host:465, or smtp:// for a relay with STARTTLS",
  SMTP_FROM: "one plain mail address, e.g. ipv6@example.gov.vn",
  COVERAGE_INBOX: "a folder",
  COVERAGE_SECOND_APPROVAL: "true or false",
  COVERAGE_LICENCE: "an http or https URL of at most 200 characters",
  VANTAGE_NETWORK: "1 to 40 lower-case letters, digits or dashes, e.g. internet or state-network",
  NOTIFY_FILE: "a readable JSON file, see docs/notifications.md",
  INCIDENTS_TOLD_BY: "channels or prometheus",
  INCIDENT_POLICY_FILE: "a readable JSON file, see docs/incidents.md",
  PUBLIC_URL: "the http or https URL at which people reach this service, at most 200 characters",
  REPORT_TIMEZONE: "a time zone name such as Asia/Ho_Chi_Minh",
  LOG_LEVEL: "trace, debug, info, warn, error, fatal or silent",
} as const;

type Name = keyof typeof ALLOWED;

const cores = availableParallelism();

const environment = z.object({
  HOST: z
    .string()
    .refine((host) => host === "localhost" || isIP(host) !== 0)
    .default("127.0.0.1"),
  PORT: whole(0, 65_535).default(8080),
  DATABASE_URL: z.string().refine(isDatabaseUrl).optional(),
  DATA_DIR: z.string().default("./data"),
  DNS_SERVERS: list(isResolverAddress, "")
    .refine((items) => items.length > 0)
    .default(() => getServers()),
  DNS_ROOT_HINTS: textFile.optional(),
  DNS_AUTHORITY_PORT: whole(1, 65_535).default(53),
  PROBE_ALLOWED_NETWORKS: list(isNetwork, "").default([]),
  PROBE_INTERVAL_SECONDS: whole(1, 86_400).default(60),
  PROBE_TIMEOUT_MS: whole(100, 120_000).default(10_000),
  PROBE_WORKERS: whole(1, 64).default(Math.max(1, cores - 1)),
  AUDIT_INTERVAL_SECONDS: whole(1, 604_800).default(21_600),
  AUDIT_HTTP_PORT: whole(1, 65_535).default(80),
  VANTAGE_NAME: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,40}$/)
    .default("local"),
  VANTAGE_COUNTRY: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .transform((code) => code.toUpperCase())
    .optional(),
  VANTAGE_ANCHORS: list(isAnchor, "")
    .refine((items) => items.length > 0)
    .optional(),
  PROBE_CONTACT: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional(),
  RETENTION_RAW_DAYS: whole(1, 3650).default(14),
  RETENTION_HOUR_DAYS: whole(1, 36_500).default(400),
  PUBLIC_READ: z.enum(["none", "summary", "all"]).default("summary"),
  METRICS_TOKEN: z
    .string()
    .regex(/^\S{8,}$/)
    .optional(),
  SMTP_URL: z
    .string()
    .refine((text) => parseSmtpUrl(text) !== null)
    .optional(),
  SMTP_FROM: z.string().refine(isMailAddress).optional(),
  COVERAGE_INBOX: z.string().optional(),
  COVERAGE_SECOND_APPROVAL: z.enum(["true", "false"]).default("false"),
  COVERAGE_LICENCE: z
    .string()
    .max(200)
    .refine(isWebAddress)
    .default("https://creativecommons.org/licenses/by/4.0/"),
  VANTAGE_NETWORK: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .default("internet"),
  NOTIFY_FILE: textFile.optional(),
  INCIDENTS_TOLD_BY: z.enum(["channels", "prometheus"]).default("channels"),
  INCIDENT_POLICY_FILE: textFile.optional(),
  PUBLIC_URL: z.string().max(200).refine(isWebAddress).optional(),
  REPORT_TIMEZONE: z.string().refine(isTimeZone).default("Asia/Ho_Chi_Minh"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
} satisfies Record<Name, z.ZodType>);

/** Variables whose value must never be printed, not even when it is wrong. */
const SECRET: ReadonlySet<string> = new Set(["DATABASE_URL", "METRICS_TOKEN", "SMTP_URL"]);

/** The settings of one process; times in milliseconds, days in days. */
export type Config = ReturnType<typeof readConfig>;

/**
 * Reads the environment, the only place that does.
 * Throws UsageError with one line naming the variable, its value and what is allowed. An empty variable counts as unset.
 */
export function readConfig(env: Record<string, string | undefined> = process.env) {
  const given = Object.fromEntries(
    Object.keys(ALLOWED).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new UsageError(explain(given, parsed.error.issues[0]));
  const value = parsed.data;
  return {
    host: value.HOST,
    port: value.PORT,
    databaseUrl: value.DATABASE_URL ?? null,
    dataDir: resolve(value.DATA_DIR),
    dnsServers: value.DNS_SERVERS,
    /** The file that replaces the built-in list of root servers, not yet parsed; null: none. */
    rootHints: value.DNS_ROOT_HINTS ?? null,
    dnsAuthorityPort: value.DNS_AUTHORITY_PORT,
    allowedNetworks: value.PROBE_ALLOWED_NETWORKS,
    probeIntervalMs: value.PROBE_INTERVAL_SECONDS * 1000,
    probeTimeoutMs: value.PROBE_TIMEOUT_MS,
    probeWorkers: value.PROBE_WORKERS,
    auditIntervalMs: value.AUDIT_INTERVAL_SECONDS * 1000,
    auditHttpPort: value.AUDIT_HTTP_PORT,
    vantageName: value.VANTAGE_NAME,
    vantageCountry: value.VANTAGE_COUNTRY ?? null,
    /** Null means the built-in list. */
    vantageAnchors: value.VANTAGE_ANCHORS ?? null,
    probeContact: value.PROBE_CONTACT ?? null,
    retentionRawDays: value.RETENTION_RAW_DAYS,
    retentionHourDays: value.RETENTION_HOUR_DAYS,
    publicRead: value.PUBLIC_READ,
    metricsToken: value.METRICS_TOKEN ?? null,
    /** Where digests are handed over, and as whom; null: none are sent. */
    mail: mailOf(value),
    /** Where files with coverage figures are dropped, one folder per source; null: nowhere. */
    coverageInbox: value.COVERAGE_INBOX === undefined ? null : resolve(value.COVERAGE_INBOX),
    /** Whether a second person has to agree before a held row is accepted. */
    coverageSecondApproval: value.COVERAGE_SECOND_APPROVAL === "true",
    /** Under which releases of coverage figures are published from now on: a URL. */
    coverageLicence: value.COVERAGE_LICENCE,
    reportTimezone: value.REPORT_TIMEZONE,
    /** Channels and routes, not yet read (src/notify/config.ts does); null: nobody is told. */
    notifyFile: value.NOTIFY_FILE ?? null,
    /** A variable that NOTIFY_FILE names for a secret. */
    variable: (name: string): string | null => env[name] || null,
    /** By which thresholds incidents open and close. */
    incidentPolicy: readIncidentPolicy(value.INCIDENT_POLICY_FILE ?? null, "INCIDENT_POLICY_FILE"),
    /** The network that this vantage point stands in; those of another one are never voted together with it. */
    vantageNetwork: value.VANTAGE_NETWORK,
    /** Who tells of incidents: our own channels, or rules of Prometheus. */
    incidentsToldBy: value.INCIDENTS_TOLD_BY,
    /** Where people reach this service, without a slash at the end; null: messages have no link. */
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    logLevel: value.LOG_LEVEL,
    /**
     * Connections to one address at a time; only the demo sets another. Hosting shares addresses between portals:
     * where a shared one goes silent, six at 4 s each still get through 90 runs a minute.
     */
    probesPerAddress: 6,
    /** Language of what commands print, by the usual variables; anything but Vietnamese is English. */
    lang: langOf(env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"]),
    /** How patient audits are; only the demo and tests set something else. */
    auditPace: AUDIT_PACE,
    /** PEM certificates trusted beside the usual roots; only the demo and tests set it. */
    extraRoots: [] as readonly string[],
    /** Everything on show is made up; only the demo sets it. */
    madeUp: false,
  };
}

function langOf(locale: string | undefined): "vi" | "en" {
  return /^vi\b|^vi_/i.test(locale ?? "") ? "vi" : "en";
}

/** Throws UsageError where only one of the two is set: nobody means to be silent half-way. */
function mailOf({ SMTP_URL: url, SMTP_FROM: from }: z.infer<typeof environment>) {
  if (url === undefined && from === undefined) return null;
  const server = url === undefined ? null : parseSmtpUrl(url);
  if (server === null || from === undefined) {
    const [absent, set] =
      from === undefined ? ["SMTP_FROM", "SMTP_URL"] : ["SMTP_URL", "SMTP_FROM"];
    throw new UsageError(`${absent} is not set although ${set} is. Set both or neither.`);
  }
  return { server, from };
}

function explain(given: Record<string, string | undefined>, issue: z.core.$ZodIssue | undefined) {
  const name = String(issue?.path[0]) as Name;
  const shown = SECRET.has(name) ? "(not shown)" : JSON.stringify(given[name]);
  return `${name}=${shown} is not allowed: expected ${ALLOWED[name]}. Change or unset the variable.`;
}
