import { Client } from "pg";
import { decodeNotice, type Notice, noticeChannel } from "../kernel/notice.ts";
import type { TestDatabase } from "./database.ts";

/** Runs `work` and gives back the notices that it committed. */
export async function noticesOf(db: TestDatabase, work: () => Promise<unknown>): Promise<Notice[]> {
  const client = new Client({ connectionString: db.url });
  await client.connect();
  const heard: Notice[] = [];
  client.on("notification", ({ payload }) => {
    const notice = decodeNotice(payload ?? "");
    if (notice) heard.push(notice);
  });
  try {
    await client.query(`LISTEN ${noticeChannel}`);
    await work();
    // What was committed before a statement of ours is delivered with its answer.
    await client.query("SELECT 1");
    return heard;
  } finally {
    await client.end();
  }
}
