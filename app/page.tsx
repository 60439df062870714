import { redirect } from "next/navigation";
import { defaultNetwork } from "./_shell/place.ts";

export default function StartPage() {
  redirect(`/${defaultNetwork}`);
}
