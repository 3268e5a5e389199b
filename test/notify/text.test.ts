import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INCIDENT_KINDS } from "../../src/domain/incident/kinds.ts";
import { NOTIFY_EVENTS } from "../../src/domain/incident/notice.ts";
import { SUBJECT_TYPES } from "../../src/domain/incident/subject.ts";
import { durationWords, instantWords } from "../../src/notify/text/duration.ts";
import { fitText, unitsRoom } from "../../src/notify/text/fit.ts";
import { escapeHtml, htmlOf } from "../../src/notify/text/html.ts";
import { noticeText } from "../../src/notify/text/notice-text.ts";
import {
  incidentNotice,
  notice,
  portalNotice,
  testNotice,
  TEXTS,
} from "../support/made-up-notices.ts";

const vi = { ...TEXTS, lang: "vi" } as const;
const en = { ...TEXTS, lang: "en" } as const;

describe("an opening", () => {
  const shared = notice("opened", {
    shares: [
      { key: "address", value: "203.0.113.5", portals: 12, failing: 3 },
      { key: "agency", value: "province-01", portals: 40, failing: 1 },
    ],
  });

  test("says what, since when, how it was confirmed, what else shares the cause, and where to look", () => {
    expect(noticeText(shared, vi)).toEqual({
      title: "Không truy cập được: Cổng dịch vụ công Hà Nội",
      lines: [
        "Nghiêm trọng: kết nối không có hồi đáp.",
        "Từ 14:00 25/11/2026 (GMT+7), đã 5 phút.",
        "https://dichvucong.hanoi.example/",
        "UBND thành phố Hà Nội, Hà Nội",
        "Xác nhận: 6 lần đo hỏng (4 lần đo lại) từ hanoi-1, chỉ có một điểm đo.",
        "Cùng địa chỉ 203.0.113.5: 3/12 cổng đang gặp sự cố.",
      ],
      link: "https://watch.example/incidents/7",
    });
  });

  test("says the same in English", () => {
    expect(noticeText(shared, en)).toEqual({
      title: "Not reachable: Ha Noi public services",
      lines: [
        "Major: no answer to the connection.",
        "Since 25 Nov 2026, 14:00 (GMT+7), for 5 minutes.",
        "https://dichvucong.hanoi.example/",
        "UBND thành phố Hà Nội, Hà Nội",
        "Confirmed: 6 bad observations (4 of them retries) from hanoi-1, the only vantage point.",
        "Same address 203.0.113.5: 3 of 12 portals affected.",
      ],
      link: "https://watch.example/incidents/7",
    });
  });
});

test.each([
  [
    notice("opened", { family: "ip6", scope: "partial" }),
    "Not reachable over IPv6: Ha Noi public services",
  ],
  [
    notice("opened", { scope: "partial" }),
    "Not reachable from some places: Ha Noi public services",
  ],
  [notice("resolved"), "Resolved – Not reachable: Ha Noi public services"],
  [notice("escalated"), "Nobody has reacted – Not reachable: Ha Noi public services"],
  [
    notice("opened", {
      kind: "vantage_degraded",
      portal: null,
      subject: { type: "vantage", name: "1/ip6" },
    }),
    "Vantage point hanoi-1 has no IPv6",
  ],
  [
    notice("opened", {
      portal: null,
      subject: { type: "prefix", name: "203.0.113.0/24" },
      members: { total: 31, portals: [portalNotice()] },
    }),
    "Not reachable: 31 portals with address range 203.0.113.0/24 in common",
  ],
  [
    notice("opened", {
      kind: "certificate",
      portal: null,
      subject: { type: "certificate", name: "ab12" },
      members: { total: 4, portals: [portalNotice()] },
      evidence: { days_left: 14 },
    }),
    "Certificate expires in 14 days: Ha Noi public services and 3 more",
  ],
  [testNotice, "Test message"],
])("a title names what is wrong, and with what", (message, title) => {
  expect(noticeText(message, en).title).toBe(title);
});

test("an end says how long it lasted", () => {
  const message = notice("resolved", { resolved_at: "2026-11-25T09:04:30.000Z" });
  expect(noticeText(message, vi).lines).toContain(
    "Từ 14:00 25/11/2026 (GMT+7) đến 16:04 25/11/2026 (GMT+7), kéo dài 2 giờ 4 phút.",
  );
});

test("what is made up says so first", () => {
  const message = { ...notice(), made_up: true };
  expect(noticeText(message, vi).lines[0]).toBe("DỮ LIỆU GIẢ ĐỊNH, chỉ để trình diễn.");
  expect(noticeText(message, en).lines[0]).toBe("MADE UP: a demonstration.");
});

test("a digest names the first ones, and says how many more there are and where", () => {
  const items = Array.from({ length: 20 }, (_, id) => ({
    event: "opened" as const,
    incident: incidentNotice({
      id,
      portal: portalNotice({ agency: { id: `a${id}`, name: { vi: "A", en: null } } }),
    }),
  }));
  const message = { ...testNotice, event: "digest" as const, digest: { total: 153, items } };
  const text = noticeText(message, en);
  expect(text.title).toBe("Not reachable: Ha Noi public services and 152 more in Hà Nội");
  expect(text.lines).toHaveLength(11);
  expect(text.lines.at(-1)).toBe("and 143 more in Hà Nội");
  expect(noticeText(message, vi).lines.at(-1)).toBe("và 143 thông báo khác ở Hà Nội");
});

test("every kind, event and subject has words in both languages", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...INCIDENT_KINDS),
      fc.constantFrom(...NOTIFY_EVENTS),
      fc.constantFrom(...SUBJECT_TYPES),
      fc.boolean(),
      fc.constantFrom(...(["vi", "en"] as const)),
      (kind, event, type, alone, lang) => {
        const members = { total: 3, portals: [portalNotice()] };
        const portal = alone ? portalNotice() : null;
        const message = notice(event, { kind, portal, members, subject: { type, name: "x" } });
        const { title, lines } = noticeText(message, { ...TEXTS, lang });
        expect([title, ...lines].join("\n")).not.toMatch(/undefined|null|NaN|\[object/);
        expect(title).not.toMatch(/[\r\n]/);
        expect(title.length).toBeGreaterThan(5);
      },
    ),
  );
});

test("durations and instants are in words and on the zone's clocks", () => {
  expect(
    [30_000, 60_000, 3_660_000, 90_000_000, 172_800_000].map((ms) => durationWords(ms, "en")),
  ).toEqual(["less than a minute", "1 minute", "1 hour 1 minute", "1 day 1 hour", "2 days"]);
  expect(durationWords(7_500_000, "vi")).toBe("2 giờ 5 phút");
  expect(instantWords("2026-12-31T17:30:00Z", "en", "Asia/Ho_Chi_Minh")).toBe(
    "01 Jan 2027, 00:30 (GMT+7)",
  );
});

describe("a text", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 60 });

  test("fits its room, keeps its title first, and is cut nowhere within a character", () => {
    const whole = fc.record({
      title: anyText,
      lines: fc.array(anyText, { maxLength: 8 }),
      link: fc.option(fc.constant("https://watch.example/incidents/7")),
    });
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 200 }), (text, max) => {
        const fitted = fitText(text, unitsRoom(max));
        expect(fitted.length).toBeLessThanOrEqual(max);
        expect(fitted.isWellFormed()).toBe(true);
        const all = [text.title, ...text.lines, ...(text.link === null ? [] : [text.link])].join(
          "\n",
        );
        expect(fitted === all).toBe(all.length <= max || fitted === all);
      }),
    );
  });

  test("stands for itself in HTML", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
    const html = htmlOf({ title: "<script>", lines: ["a & b"], link: 'https://x.example/"' }, "vi");
    expect(html).toContain("&lt;script&gt;");
    expect(html).not.toContain("<script>");
    expect(html).toContain('href="https://x.example/&quot;"');
  });
});
