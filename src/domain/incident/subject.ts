/** What kinds of things an incident can be about. */
export const SUBJECT_TYPES = [
  "portal",
  "certificate",
  "vantage",
  "address",
  "prefix",
  "name-servers",
  "agency",
] as const;

export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** A thing that an incident is about: its type and its name among those of the type. */
export interface Subject {
  readonly type: SubjectType;
  /** A portal's number, a fingerprint, `vantage number/part`, an address, a prefix, sorted host names, an agency's id. */
  readonly name: string;
}

/** The text that stands for a subject, `type:name`; two incidents about the same thing have the same. */
export function subjectText({ type, name }: Subject): string {
  return `${type}:${name}`;
}

/** The text that stands for a portal. */
export function portalSubject(portal: number): string {
  return subjectText({ type: "portal", name: String(portal) });
}

/** The subject that a text stands for. Throws for a text that this module did not make. */
export function readSubject(text: string): Subject {
  const colon = text.indexOf(":");
  const type = SUBJECT_TYPES.find((each) => each === text.slice(0, colon));
  if (type === undefined) throw new Error(`No subject of an incident: ${text}`);
  return { type, name: text.slice(colon + 1) };
}
