import { endsChain } from "../domain/judge-probe.ts";
import type { Expectation, ProbeTarget } from "../domain/portal.ts";
import { type Skip, type Stop, isEnd } from "../domain/probe-facts.ts";
import { isRedirect } from "../domain/status-set.ts";
import { CookieJar } from "./cookies.ts";
import { decodeBody } from "./decode-body.ts";
import type { Answer } from "./answer.ts";
import { readLocation } from "./location.ts";
import { looksAtBody, matcherFor } from "../expectations/match-body.ts";
import type { ProbeTools, Run } from "./run.ts";
import { OTHER_FAMILY_ONLY, visit } from "./visit.ts";

/** Redirects followed: more than any sound chain needs, half of what browsers endure. */
const MAX_REDIRECTS = 10;

/**
 * Goes from the portal's URL over its redirects to the end, over one family throughout: a hop to a host that lacks
 * the family ends the run, it never goes on over the other one. Null when an answer ended the chain.
 */
export async function follow(
  target: ProbeTarget,
  tools: ProbeTools,
  run: Run,
): Promise<Stop | Skip | typeof OTHER_FAMILY_ONLY | null> {
  const { expectation } = target;
  const keepBody = looksAtBody(expectation);
  const isFinal = (status: number) => !isRedirect(status) || endsChain(expectation, status);
  const jar = new CookieJar();
  const visited = new Set<string>();
  let url = new URL(target.url);
  url.hash = "";
  for (;;) {
    const cookie = jar.header(url);
    visited.add(`${url.href} ${cookie}`);
    const headers = requestHeaders(tools.userAgent, cookie);
    const answer = await visit({ url, headers, isFinal, keepBody }, tools, run);
    if (answer === OTHER_FAMILY_ONLY) {
      if (run.hops.length === 1) return OTHER_FAMILY_ONLY;
      return { stop: "redirect_family_gap", phase: "resolve", code: null };
    }
    if (isEnd(answer)) return answer;
    note(answer, run);
    if (isFinal(answer.status)) return finish(answer, expectation, run);
    jar.store(answer.setCookies, url);
    const next = nextUrl(answer, url, run);
    if (isEnd(next)) return next;
    // The same address with new cookies is another question; without them it has been answered already.
    if (visited.has(`${next.href} ${jar.header(next)}`)) return redirectEnd("redirect_loop");
    url = next;
  }
}

function requestHeaders(userAgent: string, cookie: string): Record<string, string> {
  return {
    "user-agent": userAgent,
    accept: "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
    "accept-encoding": "identity",
    ...(cookie === "" ? {} : { cookie }),
  };
}

function note(answer: Answer, run: Run): void {
  run.status = answer.status;
  run.phasesMs.processing += answer.processingMs;
  run.phasesMs.transfer += answer.transferMs ?? 0;
}

async function finish(answer: Answer, expectation: Expectation, run: Run): Promise<Stop | null> {
  run.final = true;
  run.bodyBytes = answer.bodyBytes;
  if (answer.stopped !== null) return answer.stopped;
  if (looksAtBody(expectation)) {
    const body = await decodeBody(answer.body, answer.contentEncoding);
    run.bodyMismatches = matcherFor(expectation).mismatches(body, answer.contentType);
  }
  return null;
}

function nextUrl(answer: Answer, url: URL, run: Run): URL | Stop {
  const leads = readLocation(answer.location, url);
  if ("refused" in leads) {
    return redirectEnd("redirect_invalid", leads.refused);
  }
  const last = run.hops.pop();
  if (last !== undefined) run.hops.push({ ...last, to: leads.url.href });
  return run.hops.length > MAX_REDIRECTS ? redirectEnd("redirect_limit") : leads.url;
}

function redirectEnd(
  stop: "redirect_loop" | "redirect_limit" | "redirect_invalid",
  why?: string,
): Stop {
  return {
    stop,
    phase: "processing",
    code: null,
    ...(why === undefined ? {} : { detail: { why } }),
  };
}
