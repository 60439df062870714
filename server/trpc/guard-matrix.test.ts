import { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { environmentNames } from "../features/identity/schema.ts";
import { networkNames } from "../kernel/networks.ts";
import { type Actor, type Role, roles } from "../kernel/roles.ts";
import { aCtx, aPerson } from "../testing/a-ctx.ts";
import { unreachedDatabase } from "../testing/unreached-database.ts";
import { permissionsDocument } from "./permissions-document.ts";
import { createCaller } from "./root.ts";

/** Every procedure × role × network × environment, held and asked, against the table as it is printed. */
type Line = { path: string; marks: ReadonlyMap<Role, string>; where: string };
type Place = { network: string | null; environment: string | null };

const lines: Line[] = permissionsDocument()
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => {
    const [path = "", _kind, ...cells] = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    const marks = new Map(roles.map((role, index) => [role, cells[index] ?? ""]));
    return { path: path.replaceAll("`", ""), marks, where: cells[roles.length] ?? "" };
  });

const places: Place[] = [null, ...networkNames].flatMap((network) =>
  [null, ...environmentNames].map((environment) => ({ network, environment })),
);

it("reads the whole table", () => {
  expect(lines.length).toBeGreaterThan(40);
  for (const { marks } of lines) expect(marks.get("admin")).toBe("●");
});

it.each(roles)(
  "lets %s do what the table says, and nothing else, wherever it is held and asked",
  async (role) => {
    const wrong: string[] = [];
    for (const held of places) {
      const actor = aPerson([{ role, ...held }]);
      for (const line of lines)
        for (const asked of askedIn(line)) {
          const isRefused = (await outcome(actor, line.path, asked)) === "FORBIDDEN";
          if (isRefused === isAllowedByTable(line, { role, held, asked }))
            wrong.push(`${line.path} by ${role} of ${JSON.stringify(held)} at ${JSON.stringify(asked)}`);
        }
    }
    expect(wrong).toEqual([]);
  },
  // Tens of thousands of calls.
  120_000,
);

/** A place that a call does not name is dropped by its parser: asking there is asking nowhere, and asked once more. */
function askedIn({ where }: Line): Place[] {
  const isNamed = (name: keyof Place) => where.includes(name);
  const networks = isNamed("network") ? [null, ...networkNames] : [null];
  const environments = isNamed("environment") ? [null, ...environmentNames] : [null];
  const named = networks.flatMap((network) => environments.map((environment) => ({ network, environment })));
  return isNamed("network") && isNamed("environment") ? named : [...named, ...places.slice(-1)];
}

type Asking = { role: Role; held: Place; asked: Place };

function isAllowedByTable({ marks, where }: Line, { role, held, asked }: Asking): boolean {
  if (where === "own account") return true;
  const isOpen = marks.get("viewer") === "●";
  const mark = marks.get(role) ?? "";
  const covers = (name: keyof Place) => {
    if (held[name] === null) return true;
    const isAsked = where.includes(name) && asked[name] !== null;
    return isAsked ? held[name] === asked[name] : isOpen;
  };
  // A developer may in the environments that the table names.
  const isMarked =
    mark === "●" || (asked.environment !== null && mark.split(", ").includes(asked.environment));
  return isMarked && covers("network") && covers("environment");
}

async function outcome(actor: Actor, path: string, place: Place): Promise<string> {
  const input = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== null));
  const call = path
    .split(".")
    .reduce<unknown>(
      (at, key) => Reflect.get(Object(at), key),
      createCaller({ ...aCtx({ db: unreachedDatabase }), actor }),
    );
  if (typeof call !== "function") throw new Error(`${path} cannot be called`);
  try {
    await Reflect.apply(call, undefined, [input]);
    return "OK";
  } catch (error) {
    return error instanceof TRPCError ? error.code : String(error);
  }
}
