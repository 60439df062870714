/**
 * Sets the theme before the first paint, and again when the system's changes; paper is light. It runs before any module is there, so it
 * repeats `resolveTheme` in one line; a test holds the two together.
 */
export const themeScript =
  '(function(){var m=matchMedia("(prefers-color-scheme: light)"),f=function(){try{var t=localStorage.getItem("theme")}catch(e){}document.documentElement.dataset.theme=t=="dark"||t=="light"?t:m.matches?"light":"dark"};f();m.addEventListener("change",f);addEventListener("beforeprint",function(){document.documentElement.dataset.theme="light"});addEventListener("afterprint",f)})()';

export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and the only way to run before paint
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: themeScript }} suppressHydrationWarning />;
}
