import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { buildContent } from "./build-content.ts";
import { inventedAlert } from "./check-templates.ts";
import { formatMail, formatPagerDuty, formatSlack, formatWebhook } from "./format-message.ts";
import { renderTemplate } from "./render-template.ts";
import { contentSchema } from "./schema.ts";

const at = new Date("2026-11-23T12:00:00.000Z");
const id = "7e9b7a4e-5d3c-4f0e-9b7a-4e5d3c4f0e9b";
const plain = { titleTemplate: null, lineTemplate: null };
const build = (parts: Partial<Parameters<typeof buildContent>[0]> = {}) =>
  buildContent({
    network: "mainnet",
    baseUrl: "https://console.example/",
    templates: plain,
    alerts: [inventedAlert],
    ...parts,
  });

describe("content", () => {
  it("says state, title and subject, and leads to the alert", () => {
    const content = contentSchema.parse(build());
    expect(content.title).toBe("Firing: Node silent, a node");
    expect(content.link).toBe("https://console.example/mainnet/alerts?alert=1");
  });
  it("counts what is not said", () => {
    const alerts = Array.from({ length: 25 }, (_, index) => ({ ...inventedAlert, id: String(index + 1) }));
    const { title, text, link } = build({ alerts, isTest: true });
    expect(title).toBe("[test] Firing: Node silent, a node and 24 more alerts");
    expect(text.split("\n")).toHaveLength(21);
    expect(text).toContain("and 5 more");
    expect(link).toBe("https://console.example/mainnet/alerts");
  });
  it("uses the route's templates, and refuses names that there are not", () => {
    const titleTemplate = "{{severity}} {{ labels.alertname }} {{ labels.none }}!";
    expect(build({ templates: { ...plain, titleTemplate } }).title).toBe("warning node-silent !");
    expect(() => renderTemplate("{{ vaule }}", { value: "1" })).toThrow("{{ vaule }} is not known");
  });
  it("does not read what it puts in", () => {
    expect(renderTemplate("{{ a }}", { a: "{{ b }} $& $1", b: "x" })).toBe("{{ b }} $& $1");
  });
});

describe("a message", () => {
  it("is signed so that its receiver can check it", () => {
    const secret = `whsec_${Buffer.from("0123456789abcdef01234567").toString("base64")}`;
    const { headers, body } = formatWebhook({ id, content: build() }, secret, at);
    const signed = createHmac("sha256", "0123456789abcdef01234567")
      .update(`${id}.${at.getTime() / 1_000}.${body}`)
      .digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${signed}`);
    expect(headers["idempotency-key"]).toBe(id);
  });
  it("cannot forge links or mentions in Slack", () => {
    const alerts = [{ ...inventedAlert, subject: "<!channel> & <http://evil|x>" }];
    const body = JSON.parse(formatSlack({ id, content: build({ alerts }) }).body);
    expect(body.text).not.toMatch(/[<>]/);
    expect(body.attachments[0].title_link).toBe("https://console.example/mainnet/alerts?alert=1");
  });
  it("has one key an alert for PagerDuty, whatever happens to it", () => {
    const keys = (["firing", "acknowledged", "resolved"] as const).map((change) => {
      const content = build({ alerts: [{ ...inventedAlert, change }] });
      const { event_action, dedup_key } = JSON.parse(formatPagerDuty({ id, content }, "key").body);
      return [event_action, dedup_key];
    });
    expect(keys).toEqual([
      ["trigger", "console/mainnet/1"],
      ["acknowledge", "console/mainnet/1"],
      ["resolve", "console/mainnet/1"],
    ]);
  });
  it("is the same mail in every attempt", () => {
    expect(formatMail({ id, content: build() })).toEqual(formatMail({ id, content: build() }));
  });
});
