// A term's meaning where the term stands: its link to the glossary opens the page's own explanation.

/** @param {MouseEvent} event */
function explain(event) {
  const link = /** @type {HTMLElement} */ (event.target).closest("a");
  const box = link?.hash && document.getElementById(`fp-${link.hash.slice(1)}`);
  // a new tab or window was asked for, or this browser knows no popovers: the link is a link
  if (!box || box.contains(link) || !box.showPopover || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  box.hidden = false;
  box.showPopover();
  /** @type {HTMLElement} */ (box.querySelector("button")).focus();
}

document.addEventListener("click", explain);
