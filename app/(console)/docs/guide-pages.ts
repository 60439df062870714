/** The guide, in the order in which its list shows it; each is a file in docs/guide. */
export const guidePages = [
  { name: "overview", title: "Overview" },
  { name: "nodes", title: "Nodes" },
  { name: "clusters", title: "Clusters" },
  { name: "palette", title: "Search and palette" },
  { name: "time", title: "Time" },
  { name: "views", title: "Saved views and tables" },
  { name: "notifications", title: "Notifications" },
  { name: "keyboard", title: "Keyboard" },
  { name: "people", title: "People and roles" },
  { name: "audit", title: "Audit log" },
  { name: "sources", title: "Sources" },
  { name: "retention", title: "Retention" },
  { name: "thresholds", title: "Thresholds" },
  { name: "configuration", title: "Configuration" },
] as const;
