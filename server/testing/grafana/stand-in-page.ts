/**
 * A dashboard's page as far as a frame needs it: it follows its address the way Grafana's URL sync does (`popstate` on
 * its own window), asks its question again, and counts how often it was loaded.
 */
export function standInPage(uid: string): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <base href="/">
    <title>${uid}</title>
    <script src="public/build/app.0123456789abcdef.js"></script>
  </head>
  <body><output id="place"></output><output id="asked">0</output><output id="live">0</output></body>
</html>`;
}

export const standInScript = `
const loads = Number(sessionStorage.getItem("loads") ?? 0) + 1;
sessionStorage.setItem("loads", String(loads));
let asked = 0;
async function follow() {
  const place = new URL(location.href).searchParams;
  document.getElementById("place").textContent = place.toString();
  document.body.dataset.loads = String(loads);
  document.body.dataset.theme = place.get("theme") ?? "";
  const body = { queries: [{ refId: "A", datasource: { uid: "cere-pg" }, rawSql: "SELECT 1 AS one" }], from: "0", to: "1" };
  const answer = await fetch("/api/ds/query?ds_type=grafana-postgresql-datasource&requestId=Q1", {
    method: "POST",
    headers: { "content-type": "application/json", "x-dashboard-uid": "cere-nodes" },
    body: JSON.stringify(body),
  });
  document.getElementById("asked").textContent = String((asked += 1));
  document.body.dataset.status = String(answer.status);
}
addEventListener("DOMContentLoaded", () => {
  addEventListener("popstate", follow);
  const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/api/live/ws");
  let heard = 0;
  socket.onmessage = () => { document.getElementById("live").textContent = String((heard += 1)); };
  socket.onclose = (event) => { document.body.dataset.closed = event.code + " " + event.reason; };
  follow();
});
`;
