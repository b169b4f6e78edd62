// The way out of a frame: the whole window is led to another page, where what holds the frame lets it be.

/**
 * Follow a link as the page around does: a sandbox may forbid that to the frame and not to that page, if it is of the same
 * origin. @param {string} address
 */
function follow(address) {
  const { document: around, history } = /** @type {Window} */ (window.top), link = around.createElement("a");
  // what leads to where the window already is takes its place there
  history.replaceState(null, "", address);
  link.href = address;
  link.click();
}

/** Lead the whole window to an address, if that may be. @param {string} address */
export function away(address) {
  for (const way of [follow, () => /** @type {Window} */ (window.top).location.replace(address)]) {
    try {
      way(address);
      return;
    } catch {
      // another origin, or a sandbox: the page says what is left to do
    }
  }
}
