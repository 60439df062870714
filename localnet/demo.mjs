import { runOnCurrentNode } from "./bootstrap.mjs";

runOnCurrentNode("localnet/demo.ts");
