// A sandbox without "allow-forms", such as Kolibri's, drops what a form would send before its page hears of it. So a click
// on a form's button, or Enter, which clicks on it, tells the page itself: forms of the course are heard, and send nothing.

/** Whether an event is a click that would send a form. @param {Event} event @returns {HTMLButtonElement | null} the button */
function sends(event) {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  return button?.form && button.type === "submit" && !event.defaultPrevented ? button : null;
}

/** Have the forms of a page heard in every frame. @param {Document} page */
export function submits(page) {
  page.addEventListener("click", (event) => {
    const button = sends(event), form = button?.form;
    if (!form) return;
    event.preventDefault();
    const told = new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter: button });
    // one that nobody hears goes where it leads
    if ((form.noValidate || form.reportValidity()) && form.dispatchEvent(told)) form.submit();
  });
}
