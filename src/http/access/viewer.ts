import type { Config } from "../../config.ts";
import type { ApiKey } from "../../store/api-keys.ts";
import type { KeyRole } from "../../store/schema.ts";
import type { Actor, Belonging } from "../../store/write-context.ts";

export type { Belonging } from "../../store/write-context.ts";

/** Who asks, and what that allows; made from a key, a session, or neither. */
export interface Viewer {
  /** Null for someone without a key. */
  readonly role: KeyRole | null;
  /** Whether the request carried METRICS_TOKEN, which opens the metrics and nothing else. */
  readonly scraper: boolean;
  /** The agency's id and the province's code that the key is limited to, if it is. */
  readonly agency: string | null;
  readonly province: string | null;
  /** Whether a browser session says so, which can be ended. */
  readonly signedIn: boolean;
  /** How the audit log names this viewer. */
  readonly actor: Actor;
}

const RANK: Readonly<Record<KeyRole, number>> = { reader: 1, operator: 2, admin: 3 };

const nobody: Viewer = {
  role: null,
  scraper: false,
  agency: null,
  province: null,
  signedIn: false,
  actor: { keyId: null, name: "anonymous" },
};

/** Someone without a key. */
export function anonymous(): Viewer {
  return nobody;
}

/** Whoever holds METRICS_TOKEN. */
export function scraper(): Viewer {
  return { ...nobody, scraper: true };
}

/** Whoever opened the one-time link of this machine: an operator without limits. */
export function operatorHere(): Viewer {
  const actor = { keyId: null, name: "signed-in operator" };
  return { ...nobody, role: "operator", signedIn: true, actor };
}

/** The holder of a key. */
export function keyHolder(key: ApiKey): Viewer {
  const { role, agency, province } = key;
  const actor = { keyId: key.id, name: key.label };
  return { role, scraper: false, agency, province, signedIn: false, actor };
}

/** Whether the viewer has this role or a higher one. */
export function hasRole(viewer: Viewer, role: KeyRole): boolean {
  return viewer.role !== null && RANK[viewer.role] >= RANK[role];
}

/** Whether the viewer's key is for everything. */
export function isUnlimited(viewer: Viewer): boolean {
  return viewer.agency === null && viewer.province === null;
}

/** Whether a portal lies within what the viewer's key is limited to. */
export function covers(viewer: Viewer, portal: Belonging): boolean {
  const { agency, province } = viewer;
  return (
    (agency === null || agency === portal.agency) &&
    (province === null || province === portal.province)
  );
}

/** Whether the viewer may see addresses and evidence of a portal. */
export function maySeeDetails(
  viewer: Viewer,
  publicRead: Config["publicRead"],
  portal: Belonging,
): boolean {
  return publicRead === "all" || (hasRole(viewer, "reader") && covers(viewer, portal));
}
