import type { Preferences } from "../../server/features/identity/schema.ts";
import { takeLooks } from "../_ui/request-looks.ts";

type AccountLooksProps = { preferences: Preferences; nonce: string | undefined };

/**
 * What the account prefers, before the first paint: the server renders the rest of this request with it, and the
 * browser takes it over before its code starts, so that nothing is drawn twice. Times of the person's own clock are
 * known in the browser only; they stay invisible until then.
 */
export function AccountLooks({ preferences, nonce }: AccountLooksProps) {
  const { numbers, density } = preferences;
  takeLooks({ numbers, density });
  // biome-ignore lint/security/noDangerouslySetInnerHtml: words of closed lists, and the only way to run before paint
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: scriptFor(preferences) }} />;
}

function scriptFor(preferences: Preferences): string {
  const { theme, zone, density } = preferences;
  const isLight =
    theme === "system" ? 'matchMedia("(prefers-color-scheme: light)").matches' : theme === "light";
  return `(function(){var d=document.documentElement.dataset,p=${JSON.stringify(preferences)};try{for(var k in p)localStorage.setItem(k,p[k])}catch(e){}d.theme=${isLight}?"light":"dark";d.density="${density}";${zone === "local" ? 'd.clock="unset"' : ""}})()`;
}
