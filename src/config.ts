import { getServers } from "node:dns";
import { availableParallelism } from "node:os";
import { isIP, isIPv6 } from "node:net";
import { resolve } from "node:path";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { UsageError } from "./domain/usage-error.ts";

/** Digits alone: what else `Number` takes (blanks, 0x10, 1e3) is more likely a slip than meant. */
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);

/** `address[:port]` with IPv6 in brackets where a port follows, as c-ares takes it. */
function isResolverAddress(text: string): boolean {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text);
  if (bracketed) return isIPv6(bracketed[1] ?? "") && isPort(bracketed[2] ?? "53");
  if (isIP(text)) return true;
  const [address = "", port = "", ...rest] = text.split(":");
  return rest.length === 0 && isIP(address) === 4 && isPort(port);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
}

function isAnchor(text: string): boolean {
  const match = /^(\[[^\]]+\]|[^:\s[\]]+):(\d{1,5})$/.exec(text);
  if (!match) return false;
  const host = match[1] ?? "";
  const named = host.startsWith("[")
    ? isIPv6(host.slice(1, -1))
    : // A host that ends in a number must be an IPv4 address (WHATWG URL standard 3.5): 256.1.1.1 is none.
      /^[a-z0-9.-]{1,253}$/i.test(host) && URL.canParse(`https://${host}/`);
  return named && isPort(match[2] ?? "");
}

/** With a whole address: the library would take 10/8 for 0.0.0.10/8 and 010.0.0.0/8 for 8.0.0.0/8. */
function isNetwork(text: string): boolean {
  return isIP(text.split("/")[0] ?? "") !== 0 && ipaddr.isValidCIDR(text);
}

/** What can be read as a URL; an empty host means that a query parameter names it. Checked here to stay unprinted. */
function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text);
}

function isTimeZone(name: string): boolean {
  // An offset is read with the opposite sign by PostgreSQL, which follows POSIX.
  if (/^[+-]/.test(name)) return false;
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const list = (isItem: (item: string) => boolean, allowed: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== ""),
    )
    .refine((items) => items.every(isItem), allowed);

/** What is allowed, in the words of the one-line message that a wrong value gets. */
const ALLOWED = {
  HOST: "an IPv4 or IPv6 address, or localhost",
  PORT: "a number from 0 to 65535 (0 = any free port)",
  DATABASE_URL: "a URL like postgres://user:password@host:5432/database",
  DATA_DIR: "a folder",
  DNS_SERVERS:
    "comma-separated address[:port], IPv6 in brackets, e.g. 1.1.1.1,[2606:4700:4700::1111]:53",
  PROBE_ALLOWED_NETWORKS: "comma-separated prefixes, e.g. 127.0.0.0/8,fd53::/16",
  PROBE_INTERVAL_SECONDS: "a whole number from 1 to 86400",
  PROBE_TIMEOUT_MS: "a whole number from 100 to 120000",
  PROBE_WORKERS: "a whole number from 1 to 64",
  VANTAGE_NAME: "1 to 40 letters, digits, dots, dashes or underscores",
  VANTAGE_COUNTRY: "a two-letter country code, e.g. VN",
  VANTAGE_ANCHORS:
    "comma-separated host:port, IPv6 in brackets, e.g. dns.google:443,[2001:db8::1]:443",
  PROBE_CONTACT: "an e-mail address or URL of at most 200 printable ASCII characters",
  RETENTION_RAW_DAYS: "a whole number from 1 to 3650",
  RETENTION_HOUR_DAYS: "a whole number from 1 to 36500",
  PUBLIC_READ: "none, summary or all",
  METRICS_TOKEN: "at least 8 characters without spaces",
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
  PROBE_ALLOWED_NETWORKS: list(isNetwork, "").default([]),
  PROBE_INTERVAL_SECONDS: whole(1, 86_400).default(60),
  PROBE_TIMEOUT_MS: whole(100, 120_000).default(10_000),
  PROBE_WORKERS: whole(1, 64).default(Math.max(1, cores - 1)),
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
  REPORT_TIMEZONE: z.string().refine(isTimeZone).default("Asia/Ho_Chi_Minh"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
} satisfies Record<Name, z.ZodType>);

/** Variables whose value must never be printed, not even when it is wrong. */
const SECRET: ReadonlySet<string> = new Set(["DATABASE_URL", "METRICS_TOKEN"]);

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
    allowedNetworks: value.PROBE_ALLOWED_NETWORKS,
    probeIntervalMs: value.PROBE_INTERVAL_SECONDS * 1000,
    probeTimeoutMs: value.PROBE_TIMEOUT_MS,
    probeWorkers: value.PROBE_WORKERS,
    vantageName: value.VANTAGE_NAME,
    vantageCountry: value.VANTAGE_COUNTRY ?? null,
    /** Null means the built-in list. */
    vantageAnchors: value.VANTAGE_ANCHORS ?? null,
    probeContact: value.PROBE_CONTACT ?? null,
    retentionRawDays: value.RETENTION_RAW_DAYS,
    retentionHourDays: value.RETENTION_HOUR_DAYS,
    publicRead: value.PUBLIC_READ,
    metricsToken: value.METRICS_TOKEN ?? null,
    reportTimezone: value.REPORT_TIMEZONE,
    logLevel: value.LOG_LEVEL,
    /**
     * Connections to one address at a time; only the demo sets another. Hosting shares addresses between portals:
     * where a shared one goes silent, six at 4 s each still get through 90 runs a minute.
     */
    probesPerAddress: 6,
    /** PEM certificates trusted beside the usual roots; only the demo and tests set it. */
    extraRoots: [] as readonly string[],
    /** Everything on show is made up; only the demo sets it. */
    madeUp: false,
  };
}

function explain(given: Record<string, string | undefined>, issue: z.core.$ZodIssue | undefined) {
  const name = String(issue?.path[0]) as Name;
  const shown = SECRET.has(name) ? "(not shown)" : JSON.stringify(given[name]);
  return `${name}=${shown} is not allowed: expected ${ALLOWED[name]}. Change or unset the variable.`;
}
