import type { Metadata } from "next";
import { readAgentId } from "../read-agent-id.ts";
import { DashboardEntry } from "./dashboard-entry.tsx";

type DashboardPageProps = { params: Promise<{ agentId: string }> };

export const metadata: Metadata = { title: "Dashboard" };

export default async function DashboardPage({ params }: DashboardPageProps) {
  return <DashboardEntry agentId={await readAgentId(params)} />;
}
