import type { PasswordLink } from "../../../../../server/features/identity/schema.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Time } from "../../../../_ui/time.tsx";

/** Shown once: the console keeps only a hash of it. */
export function MadeLink({ link, name }: { link: PasswordLink; name: string }) {
  const address = `${window.location.origin}${link.path}`;
  return (
    <div className="grid gap-2">
      <div className="made-link" role="status">
        <code>{address}</code>
        <Button kind="primary" data-copy={address}>
          Copy
        </Button>
      </div>
      <p className="hint">
        Give it to {name} by a way you trust. It sets a password once, until{" "}
        <Time at={link.expiresAt} form="instant" />, and is not shown again.
      </p>
    </div>
  );
}
