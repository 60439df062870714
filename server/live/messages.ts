import { z } from "zod";
import { livePointsSchema } from "../features/nodes/schema.ts";
import { networkNames } from "../kernel/networks.ts";
import { topicNames } from "./topics.ts";

/** "These entities changed"; `everything` after the server itself may have missed notices. */
export const liveNoticeSchema = z.object({
  topic: z.enum([...topicNames, "everything"]),
  network: z.enum(networkNames).nullable(),
  ids: z.union([z.array(z.string()), z.literal("all")]),
  at: z.iso.datetime(),
});
export type LiveNotice = z.infer<typeof liveNoticeSchema>;

/** Told to a consumer that was too slow, once it has caught up: it refetches. */
export const liveMissedSchema = z.object({ messages: z.int().positive(), since: z.iso.datetime() });
export type LiveMissed = z.infer<typeof liveMissedSchema>;

/** What a room carries, by event name. */
export const livePayloads = { points: livePointsSchema, notice: liveNoticeSchema };
export type LivePayload = { [Event in keyof typeof livePayloads]: z.infer<(typeof livePayloads)[Event]> };
export type LiveMessage =
  | { event: "points"; payload: LivePayload["points"] }
  | { event: "notice"; payload: LivePayload["notice"] };

/** Answer to a join. */
export const joinAnswerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: z.enum(["invalid", "forbidden", "too_many"]), message: z.string() }),
]);
export type JoinAnswer = z.infer<typeof joinAnswerSchema>;

export type ServerToClient = {
  points(room: string, payload: LivePayload["points"]): void;
  notice(room: string, payload: LivePayload["notice"]): void;
  missed(payload: LiveMissed): void;
};

export type ClientToServer = {
  join(room: string, answer: (answer: JoinAnswer) => void): void;
  leave(room: string): void;
};
