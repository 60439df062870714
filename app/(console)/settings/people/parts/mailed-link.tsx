import type { MailedLink as Mailed } from "../../../../../server/features/identity/schema.ts";
import { Time } from "../../../../_ui/time.tsx";
import { Note } from "../../../../sign-in/note.tsx";
import { MadeLink } from "./made-link.tsx";

/** What became of a link that was to go by mail; one that did not leave can be handed over. */
export function MailedLink({ mail, name }: { mail: Mailed; name: string }) {
  if (mail.kind === "mailed")
    return (
      <p role="status">
        A link is on its way to {mail.to}. It sets a password once, until{" "}
        <Time at={mail.expiresAt} form="instant" />.
      </p>
    );
  return (
    <>
      <Note tone="warn" title="The mail did not leave.">
        {mail.why}
      </Note>
      <MadeLink link={mail.link} name={name} />
    </>
  );
}
