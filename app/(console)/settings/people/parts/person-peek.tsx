"use client";

import { useState } from "react";
import type { Person } from "../../../../../server/features/identity/schema.ts";
import { Button } from "../../../../_ui/button.tsx";
import { KeyValue } from "../../../../_ui/key-value.tsx";
import { LinkButton } from "../../../../_ui/link-button.tsx";
import { Peek, PeekSection } from "../../../../_ui/peek.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { RolesHeld } from "../../roles-held.tsx";
import { ChangeRolesDialog } from "./change-roles-dialog.tsx";
import { DeactivateDialog } from "./deactivate-dialog.tsx";
import { OpenLink } from "./open-link.tsx";
import { PasswordLinkDialog } from "./password-link-dialog.tsx";
import { PersonSessions } from "./person-sessions.tsx";
import { useEnablePerson } from "./use-enable-person.ts";

type Asked = "roles" | "link" | "deactivate" | null;

/** Somebody beside the list: roles, open sessions, and what an admin can do about them. */
export function PersonPeek({ person, onClose }: { person: Person; onClose: () => void }) {
  const [asked, setAsked] = useState<Asked>(null);
  const enable = useEnablePerson(person);
  const isGone = person.state === "deactivated";
  const gone = isGone ? "The account is deactivated" : null;
  const close = () => setAsked(null);
  return (
    <Peek label={person.name} head={<span className="peek-t">{person.name}</span>} onClose={onClose}>
      <PeekSection>
        <KeyValue
          items={[
            ["E-mail", person.email],
            ["Roles", <RolesHeld key="roles" grants={person.grants} />],
            ...(person.state === "invited" || person.linkExpiresAt !== null
              ? [["Link", <OpenLink key="link" person={person} />] as const]
              : []),
            ["Account since", <Time key="since" at={person.createdAt} form="instant" />],
            ["Seen", <Time key="seen" at={person.seenAt} />],
            ...(isGone
              ? [["Deactivated", <Time key="gone" at={person.disabledAt} form="instant" />] as const]
              : []),
          ]}
        />
      </PeekSection>
      {person.state === "active" && <PersonSessions person={person} />}
      <PeekSection>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setAsked("roles")}>Change roles</Button>
          <Button onClick={() => setAsked("link")} refused={gone}>
            {person.state === "invited" ? "Invite again" : "Password link"}
          </Button>
          {isGone ? (
            <Button onClick={() => enable.mutate({ personId: person.id })} isBusy={enable.isPending}>
              Activate
            </Button>
          ) : (
            <Button kind="danger" onClick={() => setAsked("deactivate")}>
              Deactivate
            </Button>
          )}
          <LinkButton
            kind="ghost"
            href={`/settings/audit?from=now-30d&subject=person:${encodeURIComponent(person.email)}`}
          >
            Audit
          </LinkButton>
        </div>
      </PeekSection>
      {asked === "roles" && <ChangeRolesDialog person={person} onClose={close} />}
      {asked === "link" && <PasswordLinkDialog person={person} onClose={close} />}
      {asked === "deactivate" && <DeactivateDialog person={person} onClose={close} />}
    </Peek>
  );
}
