import Lock from "lucide-react/icons/lock";
import type { NetworkName } from "../../server/kernel/networks.ts";
import { LinkButton } from "../_ui/link-button.tsx";
import { StateBlock } from "../_ui/state-block.tsx";

type NoRolePageProps = { network: NetworkName; others: readonly NetworkName[] };

/** Stands for every page of a network on which the person holds no role. */
export function NoRolePage({ network, others }: NoRolePageProps) {
  return (
    <StateBlock
      isPage
      icon={Lock}
      title={`You hold no role on ${network}`}
      actions={
        <>
          {others.map((other) => (
            <LinkButton key={other} size="small" href={`/${other}`}>
              Go to {other}
            </LinkButton>
          ))}
          <LinkButton size="small" href="/settings/account">
            Your roles
          </LinkButton>
        </>
      }
    >
      <p>
        Its pages need the role viewer on {network}. An admin gives it under Settings, People and roles; the
        page opens as soon as you hold it.
      </p>
    </StateBlock>
  );
}
