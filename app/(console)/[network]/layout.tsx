import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { canView } from "../../../server/features/identity/rules.ts";
import { isNetworkName, networkNames } from "../../../server/kernel/networks.ts";
import { requestMe } from "../../_client/prefetch.tsx";
import { NoRolePage } from "../../_shell/no-role-page.tsx";

type NetworkLayoutProps = { params: Promise<{ network: string }>; children: ReactNode };

/** Whoever may see nothing of a network is told so once, instead of by every panel of its pages. */
export default async function NetworkLayout({ params, children }: NetworkLayoutProps) {
  const { network } = await params;
  if (!isNetworkName(network)) notFound();
  const me = await requestMe();
  if (!me || canView(me.grants, network)) return children;
  const others = networkNames.filter((other) => canView(me.grants, other));
  return <NoRolePage network={network} others={others} />;
}
