// The platform's page around a package: scorm-again answers it, knows what was kept, and notes what it is asked.
(() => {
  const { kept, commit, runtime, api, late, popup } = JSON.parse(document.getElementById("course").textContent);
  const answers = new window[runtime]({ lmsCommitUrl: commit, dataCommitFormat: "flattened", logLevel: 5 });
  answers.loadFromFlattenedJSON(kept, "");
  const failed = api === "API" ? "LMSGetLastError" : "GetLastError";
  /** Each call with its words, the answer, and the number of the error. */
  window.calls = [];
  const noted = new Proxy(answers, {
    get: (target, name) => (...words) => {
      const answer = target[name](...words);
      if (!/Error|Diagnostic/.test(name)) window.calls.push([name, ...words, String(answer), String(target[failed]())]);
      return answer;
    },
  });
  const offer = () => {
    if (api) window[api] = noted;
  };
  if (late) setTimeout(offer, late);
  else offer();
  document.getElementById("enter")?.addEventListener("click", () => open(popup));
})();
