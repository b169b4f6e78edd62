// What can be had now.

/** Whether a file can be had now: one that cannot would be an error on the page. @param {string} src its whole address */
export const reachable = (src) => !src.startsWith("http") || navigator.onLine || Boolean(navigator.serviceWorker?.controller);
