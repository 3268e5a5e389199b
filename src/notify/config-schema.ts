import { z } from "zod";
import { INCIDENT_KINDS, SEVERITIES } from "../domain/incident/kinds.ts";
import { parseSmtpUrl } from "../domain/smtp-server.ts";
import {
  mailAddress,
  namedValues,
  networks,
  type SecretSources,
  secretFrom,
  template,
  webUrl,
  webUrlOrSecret,
} from "./config-values.ts";
import { WEEKDAYS } from "./hours.ts";

/** How many messages a channel takes; what comes beyond goes together in one. Null: as many as there are. */
const rate = z.strictObject({
  per_minute: z.int().min(1).max(6000),
  burst: z.int().min(1).max(1000),
});

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected 1 to 40 lower-case letters, digits or dashes")
  .refine((text) => text !== "heartbeat", "this name is taken by the heartbeat");
const lang = z.enum(["vi", "en"]).default("vi");

/** Of receivers in their units: what people read at once, and what their services allow (Telegram: 20 a minute and group). */
const RATES = {
  email: { per_minute: 10, burst: 10 },
  telegram: { per_minute: 20, burst: 10 },
  zalo: { per_minute: 20, burst: 10 },
  sms: { per_minute: 5, burst: 3 },
} as const;

const phone = z.string().regex(/^\+?[0-9]{3,15}$/, "expected a number like +84912345678");

function channelSchema(sources: SecretSources) {
  const secret = secretFrom(sources);
  const headers = namedValues(sources).default({});
  return z.discriminatedUnion("kind", [
    z.strictObject({
      name,
      kind: z.literal("webhook"),
      url: webUrlOrSecret(sources),
      secret,
      headers,
      rate: rate.nullable().default(null),
      allow_networks: networks,
    }),
    z.strictObject({
      name,
      kind: z.literal("email"),
      to: z
        .array(z.strictObject({ address: mailAddress, lang }))
        .min(1)
        .max(50),
      smtp: secret
        .transform((url, context) => {
          const server = parseSmtpUrl(url);
          if (server !== null) return server;
          context.addIssue({ code: "custom", message: "expected a URL like smtps://host:465" });
          return z.NEVER;
        })
        .optional(),
      from: mailAddress.optional(),
      rate: rate.default(RATES.email),
    }),
    z.strictObject({
      name,
      kind: z.literal("telegram"),
      token: secret.pipe(z.string().regex(/^[0-9]+:[\w-]+$/, "expected a token like 123456:AB-cd")),
      chat: z.union([z.int(), z.string().regex(/^@\w{5,}$|^-?[0-9]+$/)]),
      lang,
      base_url: webUrl.default("https://api.telegram.org"),
      rate: rate.default(RATES.telegram),
      allow_networks: networks,
    }),
    z.strictObject({
      name,
      kind: z.literal("zalo"),
      app_id: z.string().regex(/^[0-9]{1,30}$/),
      app_secret: secret,
      refresh_token: secret,
      users: z
        .array(z.string().regex(/^[0-9]{1,30}$/))
        .min(1)
        .max(50),
      lang,
      base_url: webUrl.default("https://openapi.zalo.me"),
      oauth_url: webUrl.default("https://oauth.zaloapp.com"),
      rate: rate.default(RATES.zalo),
      allow_networks: networks,
    }),
    z.strictObject({
      name,
      kind: z.literal("alertmanager"),
      peers: z.array(webUrl).min(1).max(9),
      headers,
      lang,
      resend_seconds: z.int().min(10).max(600).default(60),
      allow_networks: networks,
    }),
    smsSchema(sources),
  ]);
}

function smsSchema(sources: SecretSources) {
  return z.strictObject({
    name,
    kind: z.literal("sms"),
    to: z.array(phone).min(1).max(20),
    method: z.enum(["GET", "POST"]).default("POST"),
    url: webUrl,
    query: namedValues(sources).default({}),
    headers: namedValues(sources).default({}),
    /** What is posted, JSON or a form; {to}, {text} and {key} in a value stand for what is sent. */
    json: template(sources).optional(),
    form: namedValues(sources).optional(),
    /** What an answer must contain to count as taken. */
    accepted: z.string().min(1).max(200).optional(),
    encoding: z.enum(["gsm7", "ucs2"]).default("gsm7"),
    max_segments: z.int().min(1).max(6).default(2),
    lang,
    rate: rate.default(RATES.sms),
    allow_networks: networks,
  });
}

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "expected a time like 08:00");

const hours = z
  .strictObject({
    from: time,
    to: time,
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1)
      .default([...WEEKDAYS]),
    timezone: z.string().refine(isTimeZone, "expected a time zone such as Asia/Ho_Chi_Minh"),
  })
  .refine(({ from, to }) => from !== to, "from and to are the same; leave hours out for always");

function isTimeZone(text: string): boolean {
  if (!/^[A-Z]/.test(text)) return false;
  try {
    return Intl.DateTimeFormat("en", { timeZone: text }) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const match = z
  .strictObject({
    kinds: z.array(z.enum(INCIDENT_KINDS)).min(1).optional(),
    min_severity: z.enum(SEVERITIES).optional(),
    agencies: z.array(z.string().min(1)).min(1).optional(),
    provinces: z.array(z.string().min(1)).min(1).optional(),
    hours: hours.optional(),
  })
  .refine((given) => Object.keys(given).length > 0, "is empty; leave it out to match everything");

const escalation = z.strictObject({
  after_minutes: z.int().min(1).max(10_080),
  channels: z.array(z.string()).min(1),
});

const route = z.strictObject({
  match: match.optional(),
  channels: z.array(z.string()).min(1),
  escalate: z.array(escalation).min(1).optional(),
});

/** The shape of NOTIFY_FILE; its secrets are read while it is parsed. */
export function notifySchema(sources: SecretSources) {
  return z.strictObject({
    channels: z.array(channelSchema(sources)).min(1),
    routes: z.array(route),
    heartbeat: z
      .strictObject({
        url: webUrlOrSecret(sources),
        timeout_seconds: z.int().min(1).max(30).default(10),
        allow_networks: networks,
      })
      .optional(),
  });
}

type Parsed = z.output<ReturnType<typeof notifySchema>>;

/** One channel with its secrets in it: never to be logged. */
export type ChannelSettings = Parsed["channels"][number];

/** The settings of one kind of channel. */
export type SettingsOf<Kind extends ChannelSettings["kind"]> = Extract<
  ChannelSettings,
  { readonly kind: Kind }
>;

/** One route: whom to tell of what. */
export type RouteSettings = z.output<typeof route>;

/** What is called after each full round; its URL may be a secret. */
export type HeartbeatSettings = NonNullable<Parsed["heartbeat"]>;

/** At which times a route holds. */
