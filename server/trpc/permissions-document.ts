import { fileURLToPath } from "node:url";
import { listPermissions, permissionTable } from "./permission-table.ts";
import { appRouter } from "./root.ts";

export const permissionsFile = fileURLToPath(new URL("../../docs/permissions.md", import.meta.url));

const introduction = `# Who may call what

Written by \`npm run docs:permissions\` from the router; a test fails when it is out of date.

- A role is held everywhere, or on one network, or in one environment. A call that is bound to one network asks for the
  role on that network; a call that is bound to none asks for the role everywhere, except that viewing what belongs to no
  network is open to everybody who holds any role.
- Every role views. An admin may do everything within the bounds of the grant.
- "Own account" calls need a session and no role; they touch nothing but the caller's own account.
- Every change is written to the audit log under its action, in the transaction that makes it. What changes no more than
  how one person finds their way is not, and says why.
`;

export function permissionsDocument(): string {
  return `${introduction}\n${permissionTable(listPermissions(appRouter))}\n`;
}
