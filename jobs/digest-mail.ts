import type { Day } from "../src/domain/calendar.ts";
import type { Mail } from "../src/notify/mail.ts";
import { complianceWorkbook } from "../src/reports/compliance-workbook.ts";
import { type Digest, monthlyDigest } from "../src/reports/digest.ts";
import { digestText } from "../src/reports/digest-text.ts";
import type { DueDigest } from "../src/store/digests.ts";
import type { JobDeps } from "./job.ts";

/** One agency's digest in one language, and who gets it. */
export interface ComposedDigest {
  readonly agency: string;
  readonly lang: "vi" | "en";
  readonly recipients: readonly DueDigest[];
  readonly mail: Pick<Mail, "subject" | "text" | "attachments">;
}

/** ISO/IEC 29500 spreadsheet. */
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Composes each digest that somebody is to get, once per agency and language, when it is asked for. */
export async function* composeDigests(
  { db, settings, clock }: JobDeps,
  month: Day,
  recipients: readonly DueDigest[],
): AsyncGenerator<ComposedDigest> {
  const view = {
    vantage: settings.vantageName,
    now: clock(),
    intervalMs: settings.probeIntervalMs,
    timezone: settings.reportTimezone,
  };
  for (const [agency, own] of Map.groupBy(recipients, (each) => each.agency)) {
    const wanted = { agency, month, madeUp: settings.madeUp };
    const found = await monthlyDigest(db, view, wanted);
    // Gone since the recipients were read: so are they.
    if (found === null) continue;
    for (const [lang, readers] of Map.groupBy(own, (each) => each.lang)) {
      yield { agency, lang, recipients: readers, mail: await compose(found, lang) };
    }
  }
}

async function compose(found: Digest, lang: "vi" | "en"): Promise<ComposedDigest["mail"]> {
  const { agency, month, report } = found;
  const filename = `ipv6-https-${agency.id}-${month.slice(0, 7)}.xlsx`;
  const content = await complianceWorkbook(report, lang);
  return { ...digestText(found, lang), attachments: [{ filename, contentType: XLSX, content }] };
}
