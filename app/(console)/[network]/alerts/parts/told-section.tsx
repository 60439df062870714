"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { BellVerdict } from "../../../../../server/features/notifications/schema.ts";
import type { Explanation } from "../../../../../server/features/notify/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { formatMs } from "../../../../_ui/format/duration.ts";
import { Glyph, type Tone } from "../../../../_ui/glyph.tsx";
import { PeekSection } from "../../../../_ui/peek.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { InhibitorLink } from "./inhibitor-link.tsx";

type Message = Explanation[number]["messages"][number];

const looks: Record<Message["state"], { tone: Tone; word: string }> = {
  delivered: { tone: "ok", word: "taken" },
  failed: { tone: "crit", word: "not taken" },
  sending: { tone: "info", word: "being sent" },
  waiting: { tone: "info", word: "waits" },
  held: { tone: "unknown", word: "held back" },
  dropped: { tone: "unknown", word: "not sent" },
};

/** Who was told of an alert, who was not, and why. */
export function ToldSection({ network, id }: { network: NetworkName; id: string }) {
  const trpc = useTRPC();
  const { data: routes } = useQuery(trpc.notify.explain.queryOptions({ network, id }));
  const { data: bell } = useQuery(trpc.notifications.explainAlert.queryOptions({ network, id }));
  if (!routes) return null;
  return (
    <PeekSection title="Who was told, and why">
      {bell && <OwnBell network={network} verdict={bell} />}
      {routes.length === 0 && (
        <p className="sec">
          Nobody else: this network has no routes.{" "}
          <Link className="lk" href={`/${network}/alerts?tab=routes`}>
            Routes
          </Link>
        </p>
      )}
      <ul className="grid gap-1.5">
        {routes.map((route) => (
          <li key={route.route}>
            <Glyph
              tone={route.messages.length > 0 ? worstOf(route.messages) : "unknown"}
              size={9}
              {...(route.messages.length === 0 && { shape: "ring" as const })}
            />{" "}
            <b className="font-medium">{route.route}</b> <span className="sec">to {route.receiver}</span>
            <span className={route.isTold ? "sec" : "dim"}>: {route.why}</span>
            {route.messages.map((message) => (
              <MessageLine key={`${message.change} ${message.at}`} message={message} />
            ))}
          </li>
        ))}
      </ul>
    </PeekSection>
  );
}

function OwnBell({ network, verdict }: { network: NetworkName; verdict: BellVerdict }) {
  const { hasRung, at, why, inhibitedBy } = verdict;
  return (
    <p className="mb-1.5">
      <Glyph tone={hasRung ? "ok" : "unknown"} size={9} {...(!hasRung && { shape: "ring" as const })} />{" "}
      <b className="font-medium">Your bell</b>
      <span className={hasRung ? "sec" : "dim"}>
        : {why} {at !== null && <Time at={at} form="clock" isQuiet />}
      </span>
      {inhibitedBy && (
        <span className="sec block pl-4 text-12">
          held back by <InhibitorLink network={network} alert={inhibitedBy} />
        </span>
      )}
    </p>
  );
}

function MessageLine({ message }: { message: Message }) {
  const { change, at, state, detail, tookMs } = message;
  return (
    <div className="sec pl-4 text-12">
      {change}, {looks[state].word} <Time at={at} form="clock" isQuiet />
      {state === "delivered" && tookMs !== null && `, ${formatMs(tookMs)}`}
      {state !== "delivered" && detail !== null && `: ${detail}`}
    </div>
  );
}

function worstOf(messages: readonly Message[]): Tone {
  const states = messages.map(({ state }) => state);
  return looks[states.find((state) => state === "failed") ?? states.at(-1) ?? "dropped"].tone;
}
