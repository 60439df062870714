import { createHmac } from "node:crypto";
import type { Severity } from "../alerts/schema.ts";
import type { Change, Content } from "./schema.ts";

export type Message = { headers: Record<string, string>; body: string };
type Parts = { id: string; content: Content };

/** As Standard Webhooks sign (spec/standard-webhooks.md): base64 of HMAC-SHA256 over "id.timestamp.body". */
export function formatWebhook({ id, content }: Parts, signingSecret: string, at: Date): Message {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const body = JSON.stringify({ type: "alerts.changed", id, ...content });
  const key = Buffer.from(signingSecret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    headers: {
      "content-type": "application/json",
      "idempotency-key": id,
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    },
    body,
  };
}

const colours: Record<Severity, string> = { critical: "#d13b32", warning: "#b97a10", info: "#3d6fd1" };
const resolvedColour = "#2f8f55";

/** Slack's incoming webhooks, which Mattermost, Rocket.Chat and Discord's /slack take as well. */
export function formatSlack({ id, content }: Parts): Message {
  const { title, text, link, alerts } = content;
  const isOver = alerts.every(({ change }) => change === "resolved");
  const worst = alerts[0]?.severity ?? "info";
  const body = {
    text: escapeSlack(title),
    attachments: [
      {
        fallback: title,
        color: isOver ? resolvedColour : colours[worst],
        title: escapeSlack(title),
        title_link: link,
        text: escapeSlack(text),
        footer: `Cere console, ${content.network}`,
      },
    ],
  };
  return {
    headers: { "content-type": "application/json", "idempotency-key": id },
    body: JSON.stringify(body),
  };
}

/** The three signs that Slack's markup gives a meaning. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const actions: Record<Change, string> = {
  firing: "trigger",
  acknowledged: "acknowledge",
  resolved: "resolve",
};

/** PagerDuty's Events API v2: the key of the alert makes a repeated event harmless on the other side. */
export function formatPagerDuty({ id, content }: Parts, routingKey: string): Message {
  const { network, alerts, isTest } = content;
  const alert = alerts.at(-1);
  const body = {
    routing_key: routingKey,
    event_action: alert ? actions[alert.change] : "trigger",
    dedup_key: isTest ? `console/${id}` : `console/${network}/${alert?.id}`,
    client: "Cere console",
    client_url: content.link,
    payload: {
      summary: content.title.slice(0, 1_024),
      source: alert?.subject ?? network,
      severity: alert?.severity ?? "info",
      timestamp: alert?.firedAt ?? alert?.at,
      class: alert?.labels.alertname,
      group: network,
      custom_details: { detail: alert?.detail, ...alert?.labels },
    },
    links: [{ href: content.link, text: "Open in the console" }],
  };
  return {
    headers: { "content-type": "application/json", "idempotency-key": id },
    body: JSON.stringify(body),
  };
}

/** One `Message-ID` for all attempts, so that mail servers and readers drop a repeated one. */
export function formatMail({ id, content }: Parts): { subject: string; text: string; messageId: string } {
  const links =
    content.alerts.length > 1 ? content.alerts.map((alert) => `${alert.title}: ${alert.link}`) : [];
  return {
    subject: content.title,
    text: [content.text, "", content.link, ...links].join("\n"),
    messageId: `<${id}@console.cere>`,
  };
}
