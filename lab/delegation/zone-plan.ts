/** Types that the hierarchies need. */
export type PlanType = "A" | "AAAA" | "CNAME" | "MX" | "NS" | "SOA" | "TXT";

/** One record; names are absolute, lower case, without final dot, the root is ".". */
export interface PlanRecord {
  readonly name: string;
  readonly type: PlanType;
  /** As a master file has it, names without final dot. */
  readonly data: string;
}

/** One zone with its delegations and their glue. */
export interface PlanZone {
  readonly origin: string;
  readonly records: readonly PlanRecord[];
}

/** No cache may outlive a test. */
export const TTL_SECONDS = 0;

/** A zone of lines `name TYPE data`; the SOA is added and names the first NS of the apex. */
export function zonePlan(origin: string, lines: string): PlanZone {
  const records = lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line): PlanRecord => {
      const [name, type, ...data] = line.split(/\s+/) as [string, PlanType, ...string[]];
      return { name, type, data: data.join(" ") };
    });
  const primary = records.find(({ name, type }) => name === origin && type === "NS")?.data ?? ".";
  const soa = `${primary} hostmaster.invalid 1 3600 600 86400 0`;
  return { origin, records: [{ name: origin, type: "SOA", data: soa }, ...records] };
}

/** The zone as a master file (RFC 1035 section 5), for a real name server. */
export function masterFile({ records }: PlanZone): string {
  const lines = records.map(({ name, type, data }) => {
    const parts = data.split(" ").map((part, index) => (isName(type, index) ? dotted(part) : part));
    return `${dotted(name)} ${TTL_SECONDS} IN ${type} ${parts.join(" ")}`;
  });
  return `${lines.join("\n")}\n`;
}

/** Whether a part of a record's data is a name. */
function isName(type: PlanType, index: number): boolean {
  if (type === "NS" || type === "CNAME") return true;
  return (type === "SOA" && index < 2) || (type === "MX" && index === 1);
}

function dotted(name: string): string {
  return name === "." ? name : `${name}.`;
}
