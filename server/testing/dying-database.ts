import type { Database, Sql, Transaction } from "../ports/database.ts";

class Death extends Error {}

export function isDeath(error: unknown): boolean {
  return error instanceof Death;
}

/**
 * A database whose user is killed at the nth point: before a statement, after it, before or after a commit. What was not
 * committed is rolled back, as the server does when a process vanishes; whoever is dead does nothing any more.
 */
export function dyingDatabase(db: Database, nth: number): Database {
  let point = 0;
  const pass = () => {
    point += 1;
    if (point >= nth) throw new Death(`killed at point ${nth}`);
  };
  const between = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    pass();
    const result = await work();
    pass();
    return result;
  };
  const prisma = new Proxy(db.prisma, {
    get: (target, name) => {
      if (name !== "$transaction") return Reflect.get(target, name);
      return (work: (tx: Transaction) => Promise<unknown>) =>
        between(() => target.$transaction(async (tx) => between(() => work(dyingTransaction(tx, between)))));
    },
  });
  const transact: Database["transact"] = (work) =>
    between(() => db.transact((tx) => between(() => work({ sql: dyingSql(tx.sql, between) }))));
  return { prisma, sql: dyingSql(db.sql, between), transact };
}

type Between = <Result>(work: () => Promise<Result>) => Promise<Result>;

function dyingSql(sql: Sql, between: Between): Sql {
  return (text, values, options) => between(() => sql(text, values, options));
}

function dyingTransaction(tx: Transaction, between: Between): Transaction {
  return new Proxy(tx, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function" || (name !== "$queryRaw" && name !== "$executeRaw")) return member;
      return (...parts: unknown[]) => between(async () => await Reflect.apply(member, target, parts));
    },
  });
}
