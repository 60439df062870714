/**
 * The server's HTML is on the screen before React has taken its buttons over. A click in between is kept and made again
 * when its button works, the last one only. React leaves a mark on what it has taken; a test holds that it does. Half a
 * minute after the page has loaded this ends, so that buttons that are not React's are left alone.
 */
export const earlyClicksScript =
  '(function(){var b,n,f=function(e){for(var k in e)if(k.indexOf("__reactProps$")==0)return true},w=function(){if(!b)return;if(f(b)){var c=b;b=null;c.click()}else if(b.isConnected&&n++<600)setTimeout(w,50)},h=function(e){var t=e.target.closest&&e.target.closest("button,[role=checkbox]");if(!t||f(t)){if(e.isTrusted)b=null;return}e.preventDefault();e.stopImmediatePropagation();var r=!b;b=t;n=0;if(r)w()};addEventListener("click",h,true);addEventListener("load",function(){setTimeout(function(){removeEventListener("click",h,true)},30000)})})()';

export function EarlyClicksScript({ nonce }: { nonce: string | undefined }) {
  const html = { __html: earlyClicksScript };
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, and the only way to run before any module
  return <script nonce={nonce} dangerouslySetInnerHTML={html} suppressHydrationWarning />;
}
