export type SystemUser = { name: string; uid: number; gid: number };

/**
 * PostgreSQL refuses to run as root. Picks, from the text of /etc/passwd, somebody who exists for such things:
 * initdb looks its user up there.
 */
export function unprivilegedUser(passwd: string): SystemUser | null {
  const users = passwd.split("\n").flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    return name && Number(uid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
  const named = (name: string) => users.find((user) => user.name === name);
  return named("nobody") ?? named("postgres") ?? named("daemon") ?? null;
}
