import type { Context } from "hono";
import { complianceChoices } from "../../reports/compliance-choices.ts";
import type { RequirementRow } from "../../reports/compliance-requirements.ts";
import { isPublicEvidence } from "../../domain/requirement.ts";
import type { FormChoices, PageFacts } from "../../web/compliance/page-facts.ts";
import { type Lang, pickLang } from "../../web/lang.ts";
import type { Html } from "../../web/layout.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";

/** What every page about compliance is told; `day` is the day that it speaks of. */
export function pageFacts(
  c: Context<AppEnv>,
  deps: AppDeps,
  { asked, day, madeUp = false }: { asked: Lang | undefined; day: string; madeUp?: boolean },
): PageFacts {
  const viewer = c.get("viewer");
  const { name, country } = deps.vantage();
  return {
    lang: pickLang(asked, c.req.header("accept-language")),
    day,
    vantage: { name, country },
    madeUp: deps.config.madeUp || madeUp,
    signedIn: viewer.signedIn ? viewer.actor.name : null,
    timezone: deps.config.reportTimezone,
    version: deps.version,
  };
}

/**
 * What forms offer, and whether anything was audited yet. Requirements that go by findings are offered to those who may
 * see findings.
 */
export async function formFacts(
  deps: AppDeps,
  requirements: readonly RequirementRow[],
  withFindings: boolean,
): Promise<{ readonly choices: FormChoices; readonly audited: boolean }> {
  const { audited, ...places } = await complianceChoices(deps.db, deps.vantage().name);
  const asked = requirements.filter(
    ({ subject, evidence }) =>
      subject === "portal" &&
      evidence.by !== "nothing" &&
      (withFindings || isPublicEvidence(evidence)),
  );
  return { choices: { ...places, requirements: asked }, audited };
}

/** Answers with a page, which differs by who asks and in which language. */
export async function answerWith(c: Context<AppEnv>, lang: Lang, page: Html): Promise<Response> {
  c.header("Vary", "Accept-Language, Cookie, Authorization");
  c.header("Content-Language", lang);
  return c.html(page);
}
