/**
 * Sets the theme before the first paint. It runs before any module is there, so it repeats `resolveTheme` in one line;
 * a test holds the two together.
 */
export const themeScript =
  'try{var t=localStorage.getItem("theme")}catch(e){}document.documentElement.dataset.theme=t=="dark"||t=="light"?t:matchMedia("(prefers-color-scheme: light)").matches?"light":"dark"';

export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and the only way to run before paint
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: themeScript }} suppressHydrationWarning />;
}
