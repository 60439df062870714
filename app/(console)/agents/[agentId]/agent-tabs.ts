/** The views of an agent in the order of their tabs; `view` is the address below the agent's own. */
export const agentTabs = [
  { view: "", label: "Overview" },
  { view: "versions", label: "Versions" },
  { view: "deployments", label: "Deployments" },
  { view: "rollouts", label: "Rollouts" },
  { view: "config", label: "Config" },
  { view: "runs", label: "Runs" },
  { view: "replay", label: "Replay" },
  { view: "dashboard", label: "Dashboard" },
] as const;
