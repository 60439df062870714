"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../_client/trpc.tsx";
import { KeyValue } from "../../../_ui/key-value.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { RolesHeld } from "../roles-held.tsx";
import { ChangePassword } from "./parts/change-password.tsx";
import { OwnSessions } from "./parts/own-sessions.tsx";
import { OwnWaysPanel } from "./parts/own-ways.tsx";
import { PreferencesPanel } from "./parts/preferences-panel.tsx";
import { ProviderOutcome } from "./parts/provider-outcome.tsx";
import { SecondFactor } from "./parts/second-factor.tsx";

/** One's own account: who one is here, where one is signed in, how one wants to see things. */
export function AccountView() {
  const trpc = useTRPC();
  const me = useQuery(trpc.identity.me.queryOptions());
  return (
    <>
      <PageHead title="Account" meta={me.data?.email} />
      <Sheet columns="minmax(0, 1fr) minmax(0, 1fr)">
        <QueryPanel title="You" query={me} what="your account">
          {({ name, email, grants }) => (
            <KeyValue
              items={[
                ["Name", name],
                ["E-mail", email],
                ["Roles", <RolesHeld key="roles" grants={grants} />],
              ]}
            />
          )}
        </QueryPanel>
        <PreferencesPanel />
      </Sheet>
      <ProviderOutcome />
      <Sheet>
        <OwnWaysPanel />
      </Sheet>
      <OwnSessions />
      <Sheet columns="minmax(0, 1fr) minmax(0, 1fr)">
        <SecondFactor />
        <ChangePassword />
      </Sheet>
    </>
  );
}
