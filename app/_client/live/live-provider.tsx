"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from "react";
import type { NetworkName } from "../../../server/kernel/networks.ts";
import type { LivePayload } from "../../../server/live/messages.ts";
import { refreshesOf, roomName, type TopicName, topicNames } from "../../../server/live/topics.ts";
import { type LiveState, LiveTab, notConnected } from "./live-tab.ts";
import { openLiveLink } from "./open-live-link.ts";
import { isLive, refreshQueries } from "./refresh-queries.ts";
import { RefreshQueue } from "./refresh-queue.ts";

type Live = { tab: LiveTab; refreshes: RefreshQueue };

const LiveContext = createContext<Live | null>(null);

/** Around all pages that need a session, inside TRPCProvider. The socket opens when the first room is wanted. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [live] = useState(() => buildLive(queryClient));
  useEffect(() => {
    const bye = () => live.tab.say("bye");
    const back = () => live.tab.say("rooms");
    window.addEventListener("pagehide", bye);
    window.addEventListener("pageshow", back);
    const rest = live.tab.keepAlive();
    return () => {
      rest();
      window.removeEventListener("pagehide", bye);
      window.removeEventListener("pageshow", back);
      live.refreshes.clear();
    };
  }, [live]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export type LiveControls = LiveState & { pause(): void; resume(): void };

/** How the connection is, for the status bar and the dots of panels. */
export function useLiveState(): LiveControls {
  const { tab } = useLive();
  const state = useSyncExternalStore(tab.watch, tab.getState, () => notConnected);
  return { ...state, pause: () => tab.pause(), resume: () => tab.resume() };
}

/** Points of a `network:<name>` or `node:<name>:<key>` room (roomName of server/live/topics.ts), once a second. */
export function useLiveRoom(room: string | null, onPoints: (points: LivePayload["points"]) => void): void {
  const { tab } = useLive();
  const pass = useEffectEvent(onPoints);
  useEffect(() => {
    if (room === null) return;
    return tab.enter(room, (message) => {
      if (message.event === "points") pass(message.payload);
    });
  }, [tab, room]);
}

/**
 * Asks queries anew when a notice of the network makes them stale, as server/live/topics.ts says. Queries about a fixed
 * time in the past opt out with `meta: { isLive: false }`.
 */
export function useLiveInvalidation(network: NetworkName, wanted: readonly TopicName[] = topicNames): void {
  useRoomInvalidation(roomName({ kind: "status", network }), wanted);
}

/** The same for what concerns one person: exports, and whatever else is only theirs. */
export function useOwnInvalidation(personId: string): void {
  useRoomInvalidation(roomName({ kind: "person", personId }), topicNames);
}

function useRoomInvalidation(room: string, wanted: readonly TopicName[]): void {
  const { tab, refreshes } = useLive();
  const queryClient = useQueryClient();
  const isWanted = useEffectEvent((topic: TopicName) => wanted.includes(topic));
  useEffect(() => {
    return tab.enter(room, (message) => {
      if (message.event !== "notice") return;
      const { topic, ids } = message.payload;
      if (topic === "everything") void refreshAll(queryClient);
      else if (isWanted(topic)) for (const refresh of refreshesOf(topic, ids)) refreshes.add(refresh);
    });
  }, [tab, refreshes, queryClient, room]);
}

function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error("This page needs a LiveProvider around it.");
  return live;
}

function buildLive(queryClient: QueryClient): Live {
  const refresh = (path: readonly string[]) => void refreshQueries(queryClient, path);
  return {
    tab: new LiveTab(openLiveLink, () => refreshAll(queryClient), Date.now),
    refreshes: new RefreshQueue(refresh, Date.now, Math.random),
  };
}

async function refreshAll(queryClient: QueryClient): Promise<void> {
  await queryClient.invalidateQueries({ refetchType: "active", predicate: isLive });
}
