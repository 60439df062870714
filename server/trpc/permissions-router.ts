import type { AnyRouter } from "@trpc/server";
import { z } from "zod";
import { roles } from "../kernel/roles.ts";
import { router, viewerProcedure } from "./init.ts";
import { listPermissions, type Permission } from "./permission-table.ts";

const permissionSchema = z.object({
  /** "nodes.list". */
  path: z.string(),
  isChange: z.boolean(),
  /** Who may; an admin may everything within the bounds of the grant, and every role views. */
  role: z.enum(roles),
  isOwn: z.boolean(),
  /** The bounds that the call asks for: on which network, in which environment. */
  places: z.array(z.enum(["network", "environment"])),
  audit: z.string().nullable(),
});

type Call = z.output<typeof permissionSchema>;

/** What the router itself says about who may call what; `areas` is everything else that is mounted. */
export function permissionsRouter(areas: AnyRouter) {
  const self = router({
    list: viewerProcedure
      .output(z.object({ calls: z.array(permissionSchema) }))
      .query((): { calls: Call[] } => {
        const all = [...listPermissions(areas), ...listPermissions(router({ permissions: self }))];
        return { calls: all.map((permission) => toCall(permission)) };
      }),
  });
  return self;
}

function toCall({ path, kind, role, isOwn, places, audit }: Permission): Call {
  if (role === null) throw new Error(`${path} names no role.`);
  return { path, isChange: kind === "mutation", role, isOwn, places: [...places.named], audit };
}
