/* global MAP */
const beside = document.currentScript.src; // this script's own address: the map lies in the same folder
let coming = null;

/** Send for the map unless it is here, and do something with it; without signal nothing happens. */
export async function withMap(use) {
  coming ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(MAP, beside).href;
    script.onload = () => resolve(window.moothallMap);
    script.onerror = reject;
    document.head.append(script);
  });
  try {
    use(await coming);
  } catch {
    coming = null; // the box above does the same without a map
  }
}
