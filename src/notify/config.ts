import type { Router } from "../domain/incident/notice.ts";
import type { SmtpServer } from "../domain/smtp-server.ts";
import { UsageError } from "../domain/usage-error.ts";
import { findConflict } from "./config-conflicts.ts";
import {
  type ChannelSettings,
  type HeartbeatSettings,
  notifySchema,
  type RouteSettings,
} from "./config-schema.ts";
import type { SecretSources } from "./config-values.ts";
import { createRouter } from "./router.ts";

export type { ChannelSettings, HeartbeatSettings, RouteSettings } from "./config-schema.ts";

/** What NOTIFY_FILE is read with. */
export interface NotifyEnvironment extends SecretSources {
  /** For messages. */
  readonly path: string;
  readonly toldBy: "channels" | "prometheus";
  /** Where mail is handed over unless a channel says otherwise. */
  readonly mail: { readonly server: SmtpServer; readonly from: string } | null;
}

/** Who is told, through what, and by which rules. */
export interface NotifyConfig {
  /** With secrets in them: never to be logged. */
  readonly channels: readonly ChannelSettings[];
  readonly routes: readonly RouteSettings[];
  readonly router: Router;
  /** Null: nobody watches whether this service lives. */
  readonly heartbeat: HeartbeatSettings | null;
}

/**
 * Reads NOTIFY_FILE and everything that it refers to. Throws UsageError with one line that names the place in the file
 * and what is expected there; no secret is in it.
 */
export function readNotifyConfig(text: string, env: NotifyEnvironment): NotifyConfig {
  const refuse = (what: string) => new UsageError(`NOTIFY_FILE ${env.path}: ${what}`);
  const parsed = notifySchema(env).safeParse(readJson(text, refuse));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`${pathText(issue?.path ?? [])}: ${issue?.message ?? "is not allowed"}.`);
  }
  const { channels, routes, heartbeat = null } = parsed.data;
  const conflict = findConflict({ channels, routes, toldBy: env.toldBy, mail: env.mail !== null });
  if (conflict !== null) throw refuse(conflict);
  return { channels, routes, router: createRouter(routes), heartbeat };
}

function readJson(text: string, refuse: (what: string) => UsageError): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // What the engine says repeats a piece of the file.
    const position = /position (\d+)/.exec(error.message)?.[1];
    const before = text.slice(0, Number(position ?? text.length));
    throw refuse(`is no JSON (line ${before.split("\n").length}).`);
  }
}

/** `channels[2].secret`. */
function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the file";
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  return steps.join("").replace(/^\./, "");
}
