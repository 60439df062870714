import type { Transaction } from "../../ports/database.ts";
import type { NotificationRow } from "./schema.ts";

export type Told = Pick<NotificationRow, "kind" | "tone" | "title" | "detail" | "href"> & {
  /** Names what happened, so that it is told once. */
  event: string;
  at: Date;
};

/** Tells one person something, in the transaction in which it happened. */
export async function tellPerson(tx: Transaction, userId: string, told: Told): Promise<void> {
  const { kind, tone, title, detail, href, event, at } = told;
  await tx.$executeRaw`
    SELECT tell_people(ARRAY[${userId}]::text[],
      ROW(NULL, NULL, ${kind}, ${tone}, ${title}, ${detail}, ${href}, ${event}, ${at}::timestamptz, NULL)::notification)`;
}
