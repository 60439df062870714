import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { isNetworkName } from "../../server/kernel/networks.ts";
import { requestCaller } from "../_client/prefetch.tsx";
import { serverSlot } from "../_client/server-slot.ts";
import { consolePages } from "../_shell/pages.ts";
import { returnPath } from "./return-path.ts";
import { SignInFrame } from "./sign-in-frame.tsx";
import { SignInSteps } from "./sign-in-steps.tsx";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, why, refused } = await searchParams;
  const target = returnPath([next ?? null].flat()[0]);
  if (await requestCaller()) redirect(target);
  return (
    <SignInFrame>
      <SignInSteps
        target={target}
        sub={<Target path={target} />}
        isEnded={why === "ended"}
        providerRefusal={[refused ?? null].flat()[0] ?? null}
        ways={serverSlot().signInWays()}
      />
    </SignInFrame>
  );
}

/** "to open Nodes on mainnet" */
function Target({ path }: { path: string }) {
  const [network = "", section = ""] = path.split(/[?#]/)[0]?.split("/").slice(1) ?? [];
  if (!isNetworkName(network)) return "to open the console";
  const page = consolePages.find((candidate) => candidate.section === section);
  return (
    <>
      to open <b>{page?.label ?? "the console"}</b> on{" "}
      <span className="net-word" data-network={network}>
        {network}
      </span>
    </>
  );
}
